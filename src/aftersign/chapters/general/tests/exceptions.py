"""People of the sample company who ask for exceptions and decide on them, and what stands before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Request
from aftersign.demo.scenes import actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, StatedFact
from tests.firm import at

LATER = at("2026-09-12 00:00")


def duty_of(order: Order, term: str, department: str = "") -> Duty:
    """The duty of an order by its term; of several, that of a department."""
    found = Duty.objects.filter(order=order, term=term)
    return found.get(owner_department__code=department) if department else found.get()


def order_of(duty: Duty) -> Order:
    """The order of a duty that has one."""
    return Order.objects.get(duties=duty)


def fact_of(order: Order, name: str) -> StatedFact:
    """The last fact of a name on an order."""
    return StatedFact.objects.filter(order=order, fact=name).latest("sequence")


def stated() -> list[str]:
    """The names of all facts so far."""
    return list(Entry.objects.order_by("sequence").values_list("fact", flat=True))


@contextmanager
def unchanged(match: str, *terms: str) -> Iterator[None]:
    """The block is refused with a sentence and by these terms; no fact is stated, no request and no duty changes."""
    before = _picture()
    with pytest.raises(Refused, match=match) as no:
        yield
    assert sorted({term for each in no.value.refusals for term in each.terms}) == sorted(terms)
    assert _picture() == before


def _picture() -> object:
    requests = list(Request.objects.order_by("pk").values())
    return len(stated()), requests, list(Duty.objects.order_by("pk").values())


def ask_waiver(
    duty: Duty, account: str = "wumin", reason: str = "客户已另行确认", until: date = date(2026, 9, 30)
) -> Request:
    """Somebody asks that a duty need not be met."""
    return acts.request_waiver(duty, reason=reason, until=until, by=actor(account))


def ask_extension(duty: Duty, account: str = "wumin", new_due: datetime = LATER) -> Request:
    """Somebody asks for a later due time."""
    return acts.request_extension(duty, reason="客户资料还没有到", new_due=new_due, by=actor(account))
