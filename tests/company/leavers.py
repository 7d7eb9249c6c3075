"""Somebody leaves the sample company: what tests of leaving do, and what they look at afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.demo import scenes
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order, TeamMember
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

MONDAY = date(2026, 9, 7)


def who(account: str) -> Person:
    """Somebody of the company, read anew."""
    return Person.objects.select_related("department").get(account=account)


def administrator() -> Actor:
    """An administrator at their desk."""
    listed = acts.list_person(company(), account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    return Actor("person", person=listed)


def later(hours: int) -> AbstractContextManager[object]:
    """So many hours after the morning on which everything begins."""
    return frozen(at("2026-09-07 10:00") + timedelta(hours=hours))


def leave(account: str, by: Actor, to: str = "", **lines: str) -> Person:
    """Somebody leaves; `lines` name the successors of single lines or of kinds, their dots for colons."""
    named = {key.replace("__", ":"): who(each) for key, each in lines.items()}
    kinds = {key: each for key, each in named.items() if ":" not in key}
    successors = Successors(who(to) if to else None, kinds, {key: each for key, each in named.items() if ":" in key})
    with later(1):
        return acts.record_leaving(who(account), left_on=MONDAY, successors=successors, by=by)


def everything() -> dict[str, Any]:
    """What a refused act must leave as it was."""
    tables = (Person, Department, Post, Deputyship, Order, TeamMember, Duty)
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in tables} | {
        "facts": Entry.objects.count()
    }


@contextmanager
def refused(match: str) -> Iterator[None]:
    """Something is refused with a sentence, and nothing has changed."""
    before = everything()
    with pytest.raises(Refused, match=match):
        yield
    assert everything() == before


def owed(account: str) -> set[str]:
    """The terms of the unfinished duties that somebody owes."""
    return set(Duty.objects.filter(owner=who(account), state__in=UNFINISHED).values_list("term", flat=True))


def stated(name: str, order: Order | None = None) -> int:
    """How often a fact was stated, in an order or for the company."""
    return Entry.objects.filter(fact=name, order_id=order.pk if order else None).count()


def rebuilt_alike() -> None:
    """The journal alone gives the same duties with the same owners."""
    with later(3):
        run_due()
        assert rebuild().different == []


def accepted(firm: Firm) -> Order:
    """An order that all departments have accepted."""
    order = firm.register()
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    return order
