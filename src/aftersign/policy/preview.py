"""What would become of the duties of a case if something were stated, or had never been: read, and written nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from aftersign.kernel.clock import new_id, now
from aftersign.kernel.journal import canonical, queries
from aftersign.policy.cases import NOT_YET_NUMBERED
from aftersign.policy.editions import store
from aftersign.policy.engine import Case, Duty, Fact, read_case
from aftersign.policy.moments import count, moment_or_none
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import DERIVED, engine_fact, world


@dataclass(frozen=True)
class Stands:
    """How a duty stands: `due_at` is None while its clock is paused, and `left` then says what is left."""

    state: str
    due_at: datetime | None
    left: str
    extended: bool
    owner: UUID | None


@dataclass(frozen=True)
class Change:
    """A duty that would stand otherwise; without `before` it would be new, without `after` it would be gone."""

    id: UUID
    term: str
    rulebook: Rulebook
    before: Stands | None
    after: Stands | None

    @property
    def moves(self) -> bool:
        """Whether somebody else would owe it."""
        return self.before is not None and self.after is not None and self.before.owner != self.after.owner

    @property
    def only_moves(self) -> bool:
        """Whether nothing else about it would be other than it is."""
        if self.before is None or self.after is None:
            return False
        return replace(self.before, owner=self.after.owner) == self.after


def preview(order_id: UUID | None, *, stated: Iterable[Fact] = (), never: Collection[UUID] = ()) -> list[Change]:
    """The duties of a case that would change if these facts were stated now and those had never been; one query."""
    company, _seen = world()
    facts = [engine_fact(fact) for fact in queries.of_orders([order_id])[order_id] if fact.name not in DERIVED]
    gone, until = {str(each) for each in never}, count(now())
    before = _duties(read_case(company, facts, until))
    kept = [fact for fact in facts if fact.id not in gone]
    after = _duties(read_case(company, [*kept, *stated], until))
    keys = [key for key in before | after if _stands(before.get(key)) != _stands(after.get(key))]
    return [_change(key, before.get(key), after.get(key)) for key in keys]


def would_state(name: str, units: Mapping[str, str], **said: Any) -> Fact:
    """A fact as the engine would read it if it were stated now."""
    at = count(now())
    return Fact(str(new_id()), name, at, at, dict(units), canonical.plain(said), None, NOT_YET_NUMBERED)


def _duties(case: Case) -> dict[UUID, Duty]:
    return {UUID(duty.key): duty for duty in case.duties if duty.state != "not_applicable"}


def _stands(duty: Duty | None) -> Stands | None:
    if duty is None:
        return None
    owner = UUID(duty.owner) if duty.owner else None
    return Stands(duty.state, moment_or_none(duty.due), duty.left or "", duty.extended, owner)


def _change(key: UUID, before: Duty | None, after: Duty | None) -> Change:
    known = before or after
    if known is None:
        raise TypeError("a change is of some duty")
    return Change(key, known.term, store.rulebook_of(known.edition), _stands(before), _stands(after))
