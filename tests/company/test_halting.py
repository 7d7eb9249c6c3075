"""An order that stands still, goes on, ends early or is closed: two people for it, and what becomes of its duties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from aftersign.chapters.general.acts import withdraw_fact
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal.models import Entry
from aftersign.orders import acts
from aftersign.orders.models import HaltRequest, Order
from aftersign.policy.models import Duty, StatedFact
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]


@contextmanager
def refused(*terms: str, order: Order) -> Iterator[list[str]]:
    """The block is refused by exactly these terms; no fact is stated, and the order stands as it stood."""
    said: list[str] = []
    before = (Entry.objects.count(), Order.objects.get(pk=order.pk).stage, _requests(order))
    with pytest.raises(Refused) as no:
        yield said
    said += [each.sentence for each in no.value.refusals]
    assert sorted({term for each in no.value.refusals for term in each.terms}) == sorted(terms)
    assert (Entry.objects.count(), Order.objects.get(pk=order.pk).stage, _requests(order)) == before


def _requests(order: Order) -> list[tuple[str, str]]:
    return list(HaltRequest.objects.filter(order=order).order_by("pk").values_list("kind", "state"))


def stage_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).stage


def states_of(order: Order) -> dict[str, str]:
    return dict(Duty.objects.filter(order=order).values_list("term", "state"))


def asked(order: Order) -> HaltRequest:
    return HaltRequest.objects.get(order=order, state="asked")


def suspended(order: Order) -> None:
    acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    acts.suspend(order, request=asked(order), by=actor("lujian"))


def terminated(order: Order) -> None:
    acts.request_termination(order, reason="客户取消", settled_how="预付款抵偿", by=actor("wumin"))
    acts.terminate(order, request=asked(order), by=actor("lujian"))


def test_what_one_person_asks_another_approves(firm: Firm) -> None:
    order = firm.register()
    acts.request_suspension(order, reason="客户停产", by=actor("lujian"))
    assert stage_of(order) == "signed"
    with refused("1.3.3.g", order=order):
        acts.suspend(order, request=asked(order), by=actor("lujian"))
    acts.suspend(order, request=asked(order), by=actor("chenli"))
    assert stage_of(order) == "suspended"
    fact = Entry.objects.get(order_id=order.pk, fact="order.suspended")
    assert str(actor("lujian").id) in fact.payload
    assert fact.actor_id == actor("chenli").id


def test_every_clock_stands_still_and_runs_again(firm: Firm, later: Later) -> None:
    order = firm.register()
    suspended(order)
    assert set(states_of(order).values()) == {"paused", "done"}
    with later("2026-09-21 10:00"):
        run_due()
        assert "breached" not in states_of(order).values()
        with refused(order=order) as said:
            acts.request_suspension(order, reason="再停", by=actor("wumin"))
        assert "已暂停" in said[0]
        acts.resume(order, reason="客户复产", by=actor("wumin"))
        assert stage_of(order) == "signed"
        assert states_of(order)["2.1.1.a"] == "open"
        with refused(order=order):
            acts.resume(order, reason="又一次", by=actor("wumin"))
    with later("2026-09-25 10:00"):
        run_due()
        assert states_of(order)["2.1.1.a"] == "breached"


def test_a_termination_ends_what_it_does_not_keep(firm: Firm) -> None:
    order = firm.register()
    terminated(order)
    found = states_of(order)
    assert (found["2.1.1.a"], found["2.2.1.a"]) == ("void", "open")
    assert stage_of(order) == "terminated"
    with refused(order=order) as said:
        acts.change_information(order, entry=None, by=actor("wumin"))  # type: ignore[arg-type]
    assert "已终止" in said[0]


def test_only_what_is_completed_or_terminated_is_closed(firm: Firm) -> None:
    order = firm.register()
    with refused("1.3.3.f", order=order):
        acts.close(order, by=actor("wumin"))
    terminated(order)
    acts.close(order, by=actor("wumin"))
    assert stage_of(order) == "closed"


def test_nothing_is_suspended_or_terminated_after_completion(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    acts.request_termination(order, reason="客户取消", settled_how="退款", by=actor("wumin"))
    request = asked(order)
    scenes.complete(order)
    assert HaltRequest.objects.get(pk=request.pk).state == "lapsed"
    for ask in (
        lambda: acts.request_suspension(order, reason="停", by=actor("wumin")),
        lambda: acts.request_termination(order, reason="停", settled_how="退", by=actor("wumin")),
        lambda: acts.terminate(order, request=request, by=actor("lujian")),
    ):
        with refused(order=order) as said:
            ask()
        assert "已完成" in said[0]


def test_a_request_is_withdrawn_by_its_author_and_rejected_with_a_reason(firm: Firm) -> None:
    order = firm.register()
    acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    with refused(order=order):
        acts.request_suspension(order, reason="客户停产", by=actor("lujian"))
    with refused(order=order) as said:
        acts.withdraw_request(order, request=asked(order), by=actor("lujian"))
    assert "吴敏" in said[0]
    with refused(order=order):
        acts.reject_request(order, request=asked(order), reason=" ", by=actor("lujian"))
    acts.withdraw_request(order, request=asked(order), by=actor("wumin"))
    acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    request = asked(order)
    acts.reject_request(order, request=request, reason="客户已复产", by=actor("lujian"))
    assert _requests(order) == [("suspension", "withdrawn"), ("suspension", "rejected")]
    with refused(order=order):
        acts.suspend(order, request=request, by=actor("chenli"))
    assert stage_of(order) == "signed"


def test_a_request_is_answered_on_its_own_order_and_for_what_it_asks(firm: Firm) -> None:
    one, other = firm.register("甲"), firm.register("乙")
    acts.request_suspension(one, reason="客户停产", by=actor("wumin"))
    with refused(order=other):
        acts.suspend(other, request=asked(one), by=actor("lujian"))
    with refused(order=one):
        acts.terminate(one, request=asked(one), by=actor("lujian"))


@pytest.mark.parametrize("said", [{"reason": " ", "settled_how": "退款"}, {"reason": "取消", "settled_how": ""}])
def test_a_termination_says_why_and_how_it_is_settled(firm: Firm, said: dict[str, str]) -> None:
    order = firm.register()
    with refused(order=order):
        acts.request_termination(order, by=actor("wumin"), **said)


def test_whoever_sells_does_not_approve(firm: Firm) -> None:
    order = firm.register()
    acts.request_suspension(order, reason="客户停产", by=actor("lujian"))
    with pytest.raises(Forbidden):
        acts.suspend(order, request=asked(order), by=actor("wumin"))
    assert stage_of(order) == "signed"


def test_what_was_granted_by_mistake_is_asked_anew_and_not_granted_twice(firm: Firm) -> None:
    order = firm.register()
    suspended(order)
    request = HaltRequest.objects.get(order=order)
    stated = StatedFact.objects.get(fact="order.suspended", order=order)
    withdraw_fact(stated, reason="误批", by=actor("lujian"))
    assert HaltRequest.objects.get(order=order).state == "undone"
    with refused(order=order):
        acts.suspend(order, request=request, by=actor("lujian"))
