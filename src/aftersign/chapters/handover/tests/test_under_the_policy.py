"""The handover under the default policy: what its gates refuse, and what its clocks make of a return."""

from __future__ import annotations

from typing import Any

import pytest

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.content import REQUIREMENTS, Content, Document, Section
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem
from aftersign.chapters.handover.tests.pages import address, filled, sign_in, text_of
from aftersign.chapters.handover.tests.policed import at, end_of, found_under_the_policy
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import frozen
from aftersign.policy.editions import store
from aftersign.policy.models import Duty
from aftersign.policy.steps import run_due

POINT = {"no": "S1", "text": "No data leaves the site", "nature": "confidentiality", "owner": "", "key": True}


@pytest.fixture
def signed(db: None) -> Firm:
    """A company under the default policy, with an order signed on 18 September."""
    return found_under_the_policy()


def form(firm: Firm, *points: dict[str, Any], statement: str = "Reports in three minutes") -> Content:
    """A complete form of the order."""
    begun = queries.proposed(firm.order, None)
    row = {"no": "R1", "statement": statement, "source": "", "priority": "must", "criterion": ""}
    sections = {**begun.sections, REQUIREMENTS: Section((row,))}
    sections["special_matters"] = Section(points, none_by="" if points else "吴敏")
    none = Document("negotiation_record", none_reason="by word of mouth", none_by="吴敏")
    return Content(sections=sections, documents=(*begun.documents, none))


def send(firm: Firm, *points: dict[str, Any]) -> None:
    """Submit, sign and send the form to the three departments."""
    acts.send_and_sign(
        firm.order, content=form(firm, *points), departments=firm.recipients, responsibility="", by=firm.actor("wumin")
    )


def accept(firm: Firm, code: str, who: str) -> HandoverCopy:
    """Accept the copy of a department, its key points confirmed."""
    copy = firm.copy(code)
    points = tuple(row["no"] for row in copy.form.content.key_points)
    ceremony = acts.Ceremony("We answer for it.")
    return acts.sign_for_copy(
        copy, check_value=copy.form.check_value, points=points, ceremony=ceremony, by=firm.actor(who)
    )


def duty(firm: Firm, opened_by: str, closed_by: str, copy: HandoverCopy | None = None) -> Duty:
    """The last duty that one fact opens and another closes, of the order or of a copy."""
    edition = store.current()
    assert edition is not None
    terms = store.rulebook_of(edition.pk).terms.values()
    names = [term.id for term in terms if opened_by in term.opens and closed_by in term.closes and not term.where]
    unit = copy or firm.order
    return Duty.objects.filter(term__in=names, unit_id=str(unit.pk)).latest("opened_at")


def refused(attempt: Any) -> list[tuple[str, bool]]:
    """The checks that refuse an attempt, each with whether a clause demands it."""
    with pytest.raises(Refused) as raised:
        attempt()
    return [(each.check, bool(each.clauses)) for each in raised.value.refusals]


def test_the_form_is_submitted_signed_and_sent_in_this_order(signed: Firm) -> None:
    giver = signed.actor("wumin")
    with frozen(at(18, 10)):
        unsigned = acts.Ceremony("")
        assert refused(lambda: acts.sign(signed.order, check_value="", ceremony=unsigned, by=giver)) == [("", True)]
        acts.submit(signed.order, content=form(signed), by=giver)
        assert duty(signed, "order.signed", "handover.submitted").state == "done"
        out: dict[str, Any] = {"departments": signed.recipients, "by": giver}
        assert refused(lambda: acts.distribute(signed.order, **out)) == [("", True)]
        acts.sign(signed.order, check_value=signed.form.check_value, ceremony=acts.Ceremony("True."), by=giver)
        left_out = {**out, "departments": signed.recipients[:2]}
        assert refused(lambda: acts.distribute(signed.order, **left_out)) == [("every_recipient_has_a_copy", True)]
        acts.distribute(signed.order, **out)
    assert signed.handover.state == "distributed"


def test_a_return_stops_the_receivers_clock_and_starts_the_givers(signed: Firm) -> None:
    with frozen(at(21)):
        send(signed)
        accept(signed, "project", "linxiaolan")
    finance = signed.copy("finance")
    receiving = duty(signed, "handover.copy_sent", "handover.copy_accepted", finance)
    assert receiving.due_at == end_of(23)

    with frozen(at(22, 15)):
        items = (acts.Returning("customer_requirements.R1", "unclear", "How many?"),)
        acts.return_copy(finance, check_value=finance.form.check_value, items=items, by=signed.actor("hejing"))
    assert duty(signed, "handover.copy_sent", "handover.copy_accepted", finance).state == "paused"
    assert duty(signed, "handover.copy_returned", "handover.copy_resent", finance).due_at == end_of(23)

    with frozen(at(24, 0, 1)):
        run_due()
    assert duty(signed, "handover.copy_returned", "handover.copy_resent", finance).state == "breached"

    with frozen(at(24, 11)):
        answers = {row.pk: "Fifty." for row in ReturnItem.objects.all()}
        better = form(signed, statement="Fifty reports in three minutes")
        said: dict[str, Any] = {"note": "Corrected.", "answers": answers, "responsibility": "True."}
        acts.correct_and_resend(signed.order, content=better, **said, by=signed.actor("wumin"))
    assert duty(signed, "handover.copy_returned", "handover.copy_resent", finance).state == "done_late"
    assert duty(signed, "handover.copy_sent", "handover.copy_accepted", finance).state == "open"
    again = Duty.objects.filter(unit_id=str(signed.copy("project").pk), state="open")
    assert again.count() == 1  # project signs the new version within its own time

    with frozen(at(28, 9)):
        for code, who in (("finance", "hejing"), ("customer_service", "zhouyan"), ("project", "linxiaolan")):
            accept(signed, code, who)
    assert duty(signed, "handover.copy_sent", "handover.copy_accepted", finance).state in ("done", "done_late")
    assert signed.facts("handover.accepted") == ["handover.accepted"]
    signed.order.refresh_from_db()
    assert signed.order.stage == "handed_over"


def test_no_copy_with_key_points_is_signed_before_they_are_confirmed(signed: Firm) -> None:
    with frozen(at(21)):
        send(signed, POINT)
        copy = signed.copy("project")
        said: dict[str, Any] = {"check_value": copy.form.check_value, "ceremony": acts.Ceremony("Yes.")}
        assert refused(lambda: acts.accept_copy(copy, **said, by=signed.actor("linxiaolan"))) == [("", True)]
        accept(signed, "project", "linxiaolan")
    assert signed.copy("project").state == "accepted"


def test_a_form_without_a_copy_of_the_contract_is_not_sent(signed: Firm) -> None:
    signed.order.papers.filter(kind="contract").delete()

    with frozen(at(18, 10)):
        response = sign_in(signed, "wumin").post(address(signed), filled(signed))

    assert 'href="#id_file"' in text_of(response)
    assert signed.facts() == []


def test_the_page_of_a_refusal_names_the_clauses(signed: Firm) -> None:
    with frozen(at(18, 10)):
        response = sign_in(signed, "wumin").post(address(signed), filled(signed, negotiation_record=""))

    assert 'href="#id_negotiation_record"' in text_of(response)
    assert 'class="cl"' in text_of(response)
    assert signed.facts() == []


def test_giver_and_receiver_are_not_the_same_even_where_the_policy_is_silent(signed: Firm) -> None:
    signed.departments["finance"].head = signed.people["wumin"]
    signed.departments["finance"].save()
    with frozen(at(21)):
        send(signed)
        assert refused(lambda: accept(signed, "finance", "wumin")) == [("giver_is_not_receiver", True)]
    assert signed.copy("finance").state == "sent"
