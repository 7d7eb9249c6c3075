"""The activity of an order offers to take back what can be taken back, and nothing else of the handover."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.handover.tests.pages import sign_in, text_of
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_under_the_policy import accept, send
from aftersign.chapters.handover.tests.test_unsigning import correct
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import queries as journal

RECEIVERS = (("project", "linxiaolan"), ("customer_service", "zhouyan"), ("finance", "hejing"))


@pytest.fixture
def signed(db: None) -> Firm:
    """An order whose form has just been signed and sent."""
    firm = found_under_the_policy()
    with frozen(at(21)):
        send(firm)
    return firm


def offered(firm: Firm, account: str) -> list[str]:
    """The facts of the handover beside which the activity offers a withdrawal, the newest first."""
    page = text_of(sign_in(firm, account).get(f"/orders/{firm.order.number}/activity/"))
    names = {str(fact.id): fact.name for fact in journal.of_order(firm.order.pk)}
    found = [names[each] for each in re.findall(r"/facts/([0-9a-f-]{36})/withdraw/", page)]
    return [each for each in found if each.startswith("handover.")]


def test_a_givers_signature_is_offered_while_it_is_fresh_and_nobody_has_acted_on_it(signed: Firm) -> None:
    with frozen(at(21, 10, 5)):
        assert offered(signed, "wumin") == ["handover.giver_signed"]
    with frozen(at(21, 10, 11)):
        assert offered(signed, "wumin") == []
    with frozen(at(21, 10, 6)):
        accept(signed, "project", "linxiaolan")
        assert "handover.giver_signed" not in offered(signed, "wumin")
        assert offered(signed, "linxiaolan") == ["handover.copy_accepted"]


def test_a_completion_that_a_signature_brought_is_not_offered_by_itself(signed: Firm) -> None:
    with frozen(at(21, 10, 5)):
        for code, who in RECEIVERS:
            accept(signed, code, who)
        assert "handover.accepted" not in offered(signed, "hejing")


def test_many_signatures_ask_no_more_than_one(signed: Firm) -> None:
    client = sign_in(signed, "wumin")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(f"/orders/{signed.order.number}/activity/")
        return len(found)

    with frozen(at(21, 10, 1)):
        asked()
        one = asked()
        for _time in range(4):
            correct(signed)
        assert asked() <= one
        assert "handover.giver_signed" in offered(signed, "wumin")
