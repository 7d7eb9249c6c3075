"""Two people for one thing: nobody approves what they asked for, whichever of their names they use."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.checks import Asking, Verdict
from aftersign.kernel.acts.requests import approver_is_not_requester
from aftersign.kernel.org.models import Person

ASKER, DEPUTY, OTHER, HEAD = (Person(account=name, name=name) for name in ("asker", "deputy", "other", "head"))


@dataclass(frozen=True)
class Wish:
    askers: frozenset[UUID]


def asked(by: Person, on_behalf_of: Person | None, *askers: Person) -> Verdict:
    actor = Actor("person", person=by, on_behalf_of=on_behalf_of)
    request = Wish(frozenset(each.pk for each in askers))
    return approver_is_not_requester(Asking("order.suspend", actor, None, {"request": request}, (), {}))


@pytest.mark.parametrize(
    ("by", "on_behalf_of", "askers", "may"),
    [
        (HEAD, None, (ASKER,), True),
        (ASKER, None, (ASKER,), False),
        (DEPUTY, ASKER, (ASKER,), False),
        (ASKER, None, (DEPUTY, ASKER), False),
        (DEPUTY, HEAD, (DEPUTY, ASKER), False),
        (OTHER, HEAD, (DEPUTY, ASKER), True),
    ],
)
def test_neither_who_asked_nor_a_deputy_approves(
    by: Person, on_behalf_of: Person | None, askers: tuple[Person, ...], may: bool
) -> None:
    assert asked(by, on_behalf_of, *askers) is may


def test_without_a_request_there_is_nothing_to_approve() -> None:
    actor = Actor("person", person=HEAD)
    assert not approver_is_not_requester(Asking("order.suspend", actor, None, {}, (), {}))
