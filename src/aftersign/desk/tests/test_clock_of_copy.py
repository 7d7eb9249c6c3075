"""The clock beside a copy of the handover form: that of the duty which concerns whoever reads."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import ReturnItem
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_under_the_policy import accept, form, send
from aftersign.desk.queries.copies import clock_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import frozen


@pytest.fixture
def returned(db: None) -> Firm:
    """A form that project has signed for, and that finance has returned."""
    firm = found_under_the_policy()
    with frozen(at(21)):
        send(firm)
        accept(firm, "project", "linxiaolan")
    with frozen(at(22, 15)):
        finance = firm.copy("finance")
        items = (acts.Returning("customer_requirements.R1", "unclear", "How many?"),)
        acts.return_copy(finance, check_value=finance.form.check_value, items=items, by=firm.actor("hejing"))
    return firm


def shown(firm: Firm, code: str, reader: Actor) -> tuple[str, str]:
    """Who owes the duty whose clock stands on the page of a copy, and its state."""
    found = clock_of(reader, firm.copy(code))
    assert found is not None
    return found.card.owner_name, found.card.duty.state


def test_each_side_sees_the_duty_that_is_its_own(returned: Firm) -> None:
    hejing, wumin, zhaoping = map(returned.actor, ("hejing", "wumin", "zhaoping"))
    with frozen(at(22, 16)):
        assert shown(returned, "finance", hejing) == ("财务部", "paused")
        assert shown(returned, "finance", wumin) == ("吴敏", "open")
        assert shown(returned, "finance", Actor("person", wumin.person, on_behalf_of=hejing.person)) == (
            "财务部",
            "paused",
        )
        assert shown(returned, "finance", zhaoping)[1] in ("open", "paused")
        assert shown(returned, "project", hejing) == ("项目部", "done")


def test_a_running_duty_stands_before_one_that_was_done(returned: Firm) -> None:
    with frozen(at(23, 9)):
        acts.correct_and_resend(
            returned.order,
            content=form(returned, statement="Fifty reports in three minutes"),
            note="Corrected.",
            answers={row.pk: "Fifty." for row in ReturnItem.objects.all()},
            responsibility="True.",
            by=returned.actor("wumin"),
        )
        for who in ("linxiaolan", "wumin"):
            assert shown(returned, "project", returned.actor(who)) == ("项目部", "open")
            assert shown(returned, "finance", returned.actor(who)) == ("财务部", "open")
