"""Accepting, withdrawing and accepting again: one sealed file for the acceptance that stands, and none for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersign.chapters.general.acts import withdraw_fact
from aftersign.chapters.handover.readers.sealing import READER
from aftersign.demo import scenes
from aftersign.demo.scenes import RECEIVERS, actor
from aftersign.demo.script import Plot
from aftersign.kernel.acts.withdrawing import instead_of, way_of
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal import readers
from aftersign.kernel.seal.models import DROPPED, SEALED, WAITING, SealedForm, ToSeal
from aftersign.kernel.seal.tests.rig import certified, made_once
from aftersign.kernel.seal.working import seal_next
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, StatedFact
from tests.firm import Firm

__all__ = ["certified", "made_once"]
pytestmark = pytest.mark.usefixtures("certified")


def accepted(firm: Firm) -> Order:
    """An order whose form every department has accepted, as the worker has heard."""
    order = firm.register("签章的订单")
    firm.send(order)
    for code in RECEIVERS:
        scenes.accept(order, code)
    readers.catch_up(READER)
    return order


def withdraw(order: Order, name: str, code: str = "finance") -> None:
    """The receiver of a department withdraws their last fact of a name."""
    person = actor(RECEIVERS[code])
    fact = StatedFact.objects.filter(order=order, fact=name, actor_id=person.id).latest("sequence")
    withdraw_fact(fact, reason="签错了", by=person)
    readers.catch_up(READER)


def states() -> list[str]:
    return [each.state for each in ToSeal.objects.all()]


def test_what_is_withdrawn_while_it_waits_is_not_sealed(firm: Firm) -> None:
    order = accepted(firm)
    withdraw(order, "handover.copy_accepted")
    assert states() == [DROPPED]
    assert not seal_next()
    scenes.accept(order, "finance")
    readers.catch_up(READER)
    assert states() == [DROPPED, WAITING]
    assert seal_next()
    assert not seal_next()
    assert [each.voided_at for each in SealedForm.objects.all()] == [None]


def test_a_withdrawn_acceptance_makes_the_file_void_and_the_next_one_gets_its_own(firm: Firm) -> None:
    order = accepted(firm)
    seal_next()
    withdraw(order, "handover.copy_accepted")
    assert SealedForm.objects.get().voided_at is not None
    scenes.accept(order, "finance")
    readers.catch_up(READER)
    seal_next()
    first, second = SealedForm.objects.order_by("asked_id")
    assert first.voided_at is not None
    assert second.voided_at is None
    assert first.version == second.version == 1
    assert [each.files for each in journal.all_of(order.pk, "handover.sealed")] == [[first.sha256], [second.sha256]]
    assert Path(str(first.file)) != Path(str(second.file))


def test_a_version_issued_anew_while_the_old_one_waited_is_the_one_that_is_sealed(firm: Firm) -> None:
    order = accepted(firm)
    withdraw(order, "handover.copy_accepted")
    scenes.send_back(order, "finance")
    scenes.resend(order, Plot(order.title, order.customer.name, order.kind, order.amount, 0, ()))
    for code in RECEIVERS:
        scenes.accept(order, code)
    while seal_next():
        continue
    readers.catch_up(READER)
    while seal_next():
        continue
    assert [each.version for each in SealedForm.objects.all()] == [2]
    assert states() == [DROPPED, SEALED]


def test_the_seal_itself_is_not_withdrawn_but_what_it_rests_on(firm: Firm) -> None:
    assert way_of("handover.sealed") is None
    assert instead_of("handover.sealed")


def test_the_seal_changes_no_duty(firm: Firm) -> None:
    order = accepted(firm)
    duties = Duty.objects.filter(order=order).order_by("pk")
    before = list(duties.values("pk", "state", "due_at", "closed_at"))
    assert seal_next()
    assert list(duties.values("pk", "state", "due_at", "closed_at")) == before
