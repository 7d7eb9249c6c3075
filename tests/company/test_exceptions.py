"""Exceptions from the policy: each term of its clause met and refused, by people with their rights and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date

import pytest

from aftersign.chapters.general import acts
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.models import Entry
from aftersign.orders import acts as orders
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import Duty, StatedFact
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]


@contextmanager
def refused(*terms: str) -> Iterator[None]:
    """The block is refused by exactly these terms, and no fact is stated."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as no:
        yield
    assert sorted({term for each in no.value.refusals for term in each.terms}) == sorted(terms)
    assert Entry.objects.count() == before


@pytest.fixture
def duty(firm: Firm) -> Duty:
    """To submit the handover form, owed by the salesperson."""
    return Duty.objects.get(order=firm.register(), term="2.1.1.a")


def test_a_waiver_is_approved_by_another_even_when_a_deputy_approves(duty: Duty) -> None:
    """The owner deputises for the head and would be on both sides."""
    request = acts.request_waiver(duty, reason="客户已另行确认", until=date(2026, 9, 30), by=actor("wumin"))
    both = replace(actor("wumin"), on_behalf_of=actor("lujian").person)
    with refused("1.3.3.b"):
        acts.waive_duty(request, by=both)
    acts.waive_duty(request, by=replace(actor("dengkai"), on_behalf_of=actor("lujian").person))
    duty.refresh_from_db()
    assert duty.state == "waived"
    said = Entry.objects.get(fact="general.duty_waived")
    assert (said.actor_id, said.on_behalf_of) == (actor("dengkai").id, actor("lujian").id)


def test_an_extension_is_asked_for_and_approved_in_time_by_another(duty: Duty, later: Later) -> None:
    def ask() -> object:
        return acts.request_extension(duty, reason="资料未到", new_due=at("2026-09-12 00:00"), by=actor("wumin"))

    request = acts.request_extension(duty, reason="资料未到", new_due=at("2026-09-12 00:00"), by=actor("wumin"))
    with refused("1.3.3.c"):
        acts.extend_duty(request, by=replace(actor("wumin"), on_behalf_of=actor("lujian").person))
    with later("2026-09-09 10:00"), refused("1.3.3.c"):
        acts.extend_duty(request, by=actor("lujian"))
    acts.extend_duty(request, by=actor("lujian"))
    duty.refresh_from_db()
    assert (duty.extended, duty.due_at) == (True, at("2026-09-12 00:00"))
    with later("2026-09-12 10:00"), refused("1.3.3.c"):
        ask()


def test_a_gate_is_released_once_by_two_others(firm: Firm) -> None:
    order = firm.register()
    with refused("2.1.3.e"):
        scenes.complete(order)
    request = acts.request_release(order, term="2.1.3.e", act="order.complete", reason="客户已注销", by=actor("wumin"))
    with refused("1.3.3.d"):
        acts.release_gate(request, by=actor("chenli"))
    acts.agree_to_release(request, by=actor("chenli"))
    request.refresh_from_db()
    for both in (actor("chenli"), replace(actor("chenli"), on_behalf_of=actor("lujian").person)):
        with refused("1.3.3.d"):
            acts.release_gate(request, by=both)
    acts.release_gate(request, by=actor("lujian"))
    scenes.complete(order)
    order.refresh_from_db()
    assert order.stage == "completed"


def test_a_fact_is_withdrawn_soon_by_its_author_and_later_by_two(firm: Firm, later: Later) -> None:
    order = firm.register()
    orders.change_information(order, entry=replace(particulars_of(order), title="别的订单"), by=actor("wumin"))
    fact = StatedFact.objects.get(fact="order.information_changed")
    with later("2026-09-09 10:00"):
        run_due()
        with refused("1.3.3.e"):
            acts.withdraw_fact(fact, reason="改错了", by=actor("wumin"))
        request = acts.request_withdrawal(fact, reason="改错了", by=actor("wumin"))
        with refused("1.3.3.e"):
            both = replace(actor("wumin"), on_behalf_of=actor("lujian").person)
            acts.withdraw_fact(fact, reason="改错了", request=request, by=both)
        acts.withdraw_fact(fact, reason="改错了", request=request, by=actor("lujian"))
        assert rebuild().different == []
    order.refresh_from_db()
    assert order.title == "检测平台"
