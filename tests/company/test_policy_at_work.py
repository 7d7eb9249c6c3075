"""Acts state facts and the policy makes duties of them, on whichever database the tests run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from aftersign.demo import scenes
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import chain
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import CaseClock, Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]


def states(order: Order) -> dict[str, str]:
    """State of each duty of an order by its term, those of several units counted."""
    found = Duty.objects.filter(order=order).order_by("term").values_list("term", "state")
    return {term: " ".join(sorted(state for name, state in found if name == term)) for term, _state in found}


def test_registering_opens_what_signing_opens(firm: Firm) -> None:
    order = firm.register()
    order.refresh_from_db()
    assert states(order) == {"1.2.1.a": "done", "2.1.1.a": "open", "2.2.1.a": "open"}
    assert (order.grade, order.stage) == ("B", "signed")
    duty = Duty.objects.get(order=order, term="2.1.1.a")
    assert duty.due_at == at("2026-09-09 00:00")
    assert duty.owner == Person.objects.get(account="wumin")
    assert Entry.objects.get(order_id=order.pk, fact="order.signed").payload.count('"grade":"B"') == 1


@pytest.mark.parametrize(
    ("amount", "kind", "grade"),
    [(500_000, "sales", "A"), (80_000, "project", "A"), (49_999, "project", "C"), (80_000, "call_off", "C")],
)
def test_the_projector_writes_the_grade(firm: Firm, amount: int, kind: str, grade: str) -> None:
    order = firm.register(amount=amount, kind=kind)
    order.refresh_from_db()
    assert order.grade == grade


def test_the_whole_line_from_form_to_acceptance(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 10:00"):
        firm.send(order)
    assert states(order)["2.1.3.b"] == "open open open"
    with later("2026-09-09 10:00"):
        for code in ("project", "customer_service", "finance"):
            scenes.accept(order, code)
    order.refresh_from_db()
    assert order.stage == "handed_over"
    assert states(order)["2.1.3.b"] == "done done done"
    assert Duty.objects.get(order=order, term="1.3.4.a").owner == Person.objects.get(account="wangqiming")
    assert Entry.objects.filter(order_id=order.pk, fact="handover.accepted").count() == 1


def test_an_order_cannot_be_completed_before_its_handover(firm: Firm) -> None:
    order = firm.register()
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        scenes.complete(order)
    assert [each.terms for each in refused.value.refusals] == [("2.1.3.e",)]
    assert refused.value.refusals[0].clauses == ("2.1.3",)
    order.refresh_from_db()
    assert Entry.objects.count() == before
    assert order.stage == "signed"
    assert not order.papers.filter(kind="acceptance").exists()
    assert RefusedAct.objects.get().terms == ["2.1.3.e"]


def test_time_breaches_and_escalates_each_step_once(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-09 00:00"):
        assert run_due() >= 1
        assert run_due() == 0
    assert states(order)["2.1.1.a"] == "breached"
    with later("2026-09-20 12:00"):
        run_due()
        run_due()
    told = ToldStep.objects.filter(duty_id=Duty.objects.get(order=order, term="2.1.1.a").pk)
    assert sorted(told.values_list("step", flat=True)) == ["+1bd head_of_owner", "+3bd general_manager", "breach"]
    facts = Counter(Entry.objects.filter(order_id=order.pk).values_list("fact", flat=True))
    assert (facts["general.duty_breached"], facts["general.duty_escalated"]) == (2, 4)
    head = Person.objects.get(account="lujian")
    assert told.get(role="head_of_owner").told == [str(head.pk)]
    assert list(chain.faults()) == []


def test_the_clock_of_a_case_says_when_it_next_changes(firm: Firm) -> None:
    order = firm.register()
    assert CaseClock.objects.get(order=order).next_step_at == at("2026-09-09 00:00")


def test_a_return_stops_the_receivers_clock_and_starts_the_givers(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-08 15:00"):
        scenes.send_back(order, "finance")
    paused = Duty.objects.get(order=order, term="2.1.3.b", state="paused")
    assert (paused.due_at, paused.left) == (None, "1bd")
    assert Duty.objects.get(order=order, term="2.1.3.c").due_at == at("2026-09-10 00:00")
    assert CaseClock.objects.get(order=order).next_step_at == at("2026-09-10 00:00")


def test_what_is_derived_again_is_what_stands(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-15 10:00"):
        run_due()
        assert rebuild().different == []
        Duty.objects.filter(order=order, term="2.2.1.a").update(state="done")
        Duty.objects.filter(order=order, term="1.2.1.a").delete()
        found = rebuild().different or []
        assert sorted(each.kind for each in found) == ["missing", "other"]
        assert rebuild().different == []
