"""An act while it is being done: its unit and actor, and the facts that it has stated so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.chain import Pending
from aftersign.kernel.journal.facts import Fact
from aftersign.kernel.units import registry


@dataclass
class Passage:
    """What a whole passage through the doorway shares: the facts stated so far, and what the policy keeps of it.

    `seen` is the sequence of the last company fact that the policy knew; `bench` is the policy's own.
    """

    facts: list[Pending] = field(default_factory=list)
    seen: int = 0
    bench: Any = None


@dataclass
class Doing:
    """An act on its way through the doorway; acts called within it share its passage: transaction and facts."""

    act: str
    unit: Any
    root: Any
    actor: Actor
    entered: datetime
    given: Mapping[str, Any]
    passage: Passage = field(default_factory=Passage)

    def within(self, act: str, unit: Any, given: Mapping[str, Any]) -> Doing:
        """The same passage seen from an act that the outer act calls."""
        return replace(self, act=act, unit=unit, given=given)


_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def current() -> Doing | None:
    """The act being done, None outside of any."""
    return _doing.get()


def entry_time() -> datetime:
    """When the act being done is recorded, as all its facts will say; raises `RuntimeError` outside of an act."""
    doing = _doing.get()
    if doing is None:
        raise RuntimeError("nothing is being done")
    return doing.entered


@contextmanager
def entered(doing: Doing) -> Iterator[Doing]:
    """Make an act the one being done."""
    token = _doing.set(doing)
    try:
        yield doing
    finally:
        _doing.reset(token)


def state(fact: Fact) -> UUID:
    """State a fact in the act being done; it is written when the act has succeeded. Answers with the fact's id.

    Raises `RuntimeError` outside of an act, and `ValueError` when the fact is about another kind of unit.
    """
    doing = _doing.get()
    if doing is None:
        raise RuntimeError(f"{fact.FACT} can only be stated by an act")
    kind = registry.kind_of(fact.about).name
    if kind != fact.UNIT:
        raise ValueError(f"{fact.FACT} is about a {fact.UNIT}, not about a {kind}")
    units = registry.ids_of(fact.about) | (fact.carries or {})
    order = UUID(units["order"]) if "order" in units else None
    pending = Pending(
        name=fact.FACT,
        unit=kind,
        unit_id=str(fact.about.pk),
        units=units,
        order_id=order,
        at=fact.at or doing.entered,
        entered=doing.entered,
        payload=fact.payload(),
        private=fact.PRIVATE,
        files=fact.files,
    )
    doing.passage.facts.append(pending)
    return pending.id
