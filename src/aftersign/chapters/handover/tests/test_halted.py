"""Copies of an order whose stage accepts no signature any more: nowhere offered, and said at once."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_signing_pages import ticked
from aftersign.chapters.handover.tests.test_under_the_policy import send
from aftersign.kernel.clock import frozen
from aftersign.kernel.shell.models import Draft
from aftersign.orders.acts import request_termination, terminate
from aftersign.orders.models import HaltRequest

SENTENCE = "订单处于“已终止”阶段"
UNPROCESSABLE = 422


@pytest.fixture
def ended(db: None) -> Firm:
    """An order whose form is out with three departments when it is terminated."""
    firm = found_under_the_policy()
    with frozen(at(21)):
        send(firm)
        assert firm.order.number in text_of(sign_in(firm, "linxiaolan").get("/handover/signing/"))
        request_termination(firm.order, reason="The customer stops.", settled_how="Nothing.", by=firm.actor("wumin"))
        request = HaltRequest.objects.get()
        firm.order.refresh_from_db()
        terminate(firm.order, request=request, by=firm.actor("lujian"))
    firm.order.refresh_from_db()
    assert firm.order.stage == "terminated"
    return firm


def test_a_terminated_order_waits_for_no_signature(ended: Firm) -> None:
    client = sign_in(ended, "linxiaolan")
    with frozen(at(21, 12)):
        assert ended.order.number not in text_of(client.get("/handover/signing/"))
        assert f'href="{address(ended, "project/")}"' not in text_of(client.get(f"/orders/{ended.order.number}/"))
        ways = text_of(client.get(address(ended))).partition('<div class="bar np">')[2].partition("</div>")[0]
    assert address(ended, "project/") not in ways


def test_its_copy_says_so_instead_of_offering_the_form(ended: Firm) -> None:
    with frozen(at(21, 12)):
        page = text_of(sign_in(ended, "linxiaolan").get(address(ended, "project/")))

    assert SENTENCE in page
    assert 'id="id_password"' not in page
    assert 'id="return"' not in page
    assert 'action="' + address(ended, "project/ask/") not in page


GIVING = ("correct/", "explain/", "correction/", "project/recall/")


def test_the_giver_is_offered_nothing_that_would_be_refused(ended: Firm) -> None:
    with frozen(at(21, 12)):
        page = text_of(sign_in(ended, "wumin").get(address(ended)))

    assert ended.order.number in page
    assert not [rest for rest in GIVING if f'href="{address(ended, rest)}"' in page]


def test_while_the_order_runs_the_giver_is_offered_it(db: None) -> None:
    firm = found_under_the_policy()
    with frozen(at(21)):
        send(firm)
        page = text_of(sign_in(firm, "wumin").get(address(firm)))

    assert [rest for rest in GIVING if f'href="{address(firm, rest)}"' in page]


def test_a_page_from_before_reads_nothing_to_be_signed_later(ended: Firm) -> None:
    with frozen(at(21, 12)):
        sent = ticked(ended, "project", aside="1", password="")
        response = sign_in(ended, "linxiaolan").post(address(ended, "project/"), sent)

    assert response.status_code == UNPROCESSABLE
    assert SENTENCE in text_of(response)
    assert not Draft.objects.exists()
    assert set(HandoverCopy.objects.values_list("state", flat=True)) == {"sent"}
