"""What floors above say of notices: reasons, what a fact means to whom, what is coming, and words for objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from aftersign.kernel.clock import WorkCalendar
from aftersign.kernel.journal.facts import Recorded

INFORMATION, REMINDER, OVERDUE, ESCALATION = range(4)
"""The levels: told, reminded, late, and told to the next person up."""
DAYS, HOURS = "d", "h"
"""What the clock counts that brought something about."""
MACHINES = ("import", "setup")


@dataclass(frozen=True)
class Reason:
    """Why somebody is told; one of level 2 or 3 cannot be muted."""

    name: str
    label: str | Promise
    level: int
    order: int

    @property
    def is_binding(self) -> bool:
        """Whether nobody can do without it."""
        return self.level >= OVERDUE


@dataclass(frozen=True)
class Cause:
    """What happened: a fact, or a moment of the clock; `key` is told once in a thread, `hands` are never told.

    `is_old` says that it lies before the company worked with this program, so that nobody is told any more.
    """

    key: str
    fact: str
    at: datetime
    actor_id: UUID | None = None
    hands: frozenset[UUID] = frozenset()
    order_id: UUID | None = None
    place: int = 0
    is_old: bool = False

    @staticmethod
    def of(fact: Recorded) -> Cause:
        """A fact as the cause of a notice."""
        is_person = fact.actor_kind == "person"
        hands = frozenset(each for each in (fact.actor_id, fact.on_behalf_of) if each and is_person)
        return Cause(
            key=str(fact.id),
            fact=fact.name,
            at=fact.entered,
            actor_id=fact.actor_id if is_person else None,
            hands=hands,
            order_id=fact.order_id,
            place=fact.sequence,
            is_old=fact.actor_kind in MACHINES,
        )


@dataclass(frozen=True)
class Telling:
    """That something is told to one person, in the thread of an object.

    `about` is what the object itself is about: whoever is told of that by the same cause is not told of both. `clock`
    is what the clock counts that brought it about, empty for what people do.
    """

    cause: Cause
    person: UUID
    unit: str
    unit_id: str
    reason: str
    about: tuple[str, str] | None = None
    clock: str = ""


@dataclass(frozen=True)
class Ending:
    """That nothing is left to do about an object, or only by those who were told of it last for one reason."""

    cause: Cause
    unit: str
    unit_id: str
    reason: str = ""


Happening = Telling | Ending


@dataclass(frozen=True)
class Teller:
    """What a room makes of facts; `facts` are the names that it wants (none: all of them)."""

    name: str
    tell: Callable[[Sequence[Recorded]], Iterable[Happening]]
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Said:
    """An object as people read it: what, of which order, by which clause, until when, who hears next, what to do.

    `action` leads to `address` for whoever is in `actors` (None: everybody); everybody else is led to `page`.
    """

    title: str
    page: str
    order: str = ""
    clause: str = ""
    clause_title: str = ""
    due: datetime | None = None
    deadline: str = ""
    next_step: str = ""
    action: str = ""
    address: str = ""
    actors: frozenset[UUID] | None = None

    def leads(self, person: UUID) -> str:
        """Where the one link leads for a person."""
        return self.address if self.is_for(person) else self.page

    def is_for(self, person: UUID) -> bool:
        """Whether a person is the one who can do what is to be done."""
        return bool(self.address) and (self.actors is None or person in self.actors)


Timer = Callable[[datetime, datetime], Iterable[Telling]]
Describer = Callable[[Sequence[Any]], Mapping[str, Said]]
_reasons: dict[str, Reason] = {}
_tellers: dict[str, Teller] = {}
_timers: dict[str, Timer] = {}
_describers: dict[str, Describer] = {}
_calendars: list[Callable[[], WorkCalendar]] = []


def offer_reason(reason: Reason) -> None:
    """Make a reason known; raises `ValueError` when its name is taken."""
    _put(_reasons, reason.name, reason)


def offer_teller(teller: Teller) -> None:
    """Let a room say what facts mean to whom; raises `ValueError` when its name is taken."""
    _put(_tellers, teller.name, teller)


def offer_timer(name: str, timer: Timer) -> None:
    """Let a floor say what is told between two moments; raises `ValueError` when its name is taken."""
    _put(_timers, name, timer)


def offer_describer(kind: str, describer: Describer) -> None:
    """Say how objects of a kind are read, by id, in the language of the moment; raises `ValueError` when taken."""
    _put(_describers, kind, describer)


def lend_calendar(calendar: Callable[[], WorkCalendar]) -> None:
    """Lend the company's working days."""
    _calendars[:] = [calendar]


def reasons() -> list[Reason]:
    """All reasons, the most urgent first, as people choose among them."""
    return sorted(_reasons.values(), key=lambda each: (-each.level, each.order, each.name))


def reason(name: str) -> Reason:
    """The reason of that name; raises `KeyError` when nobody has offered it."""
    return _reasons[name]


def label(name: str) -> str:
    """A reason in words; of one that nobody offers any more its name."""
    return str(_reasons[name].label) if name in _reasons else name


def tellers() -> tuple[Teller, ...]:
    """All tellers."""
    return tuple(_tellers.values())


def timers() -> tuple[Timer, ...]:
    """All timers."""
    return tuple(_timers.values())


def describer(kind: str) -> Describer | None:
    """How objects of a kind are read, None where nobody says."""
    return _describers.get(kind)


def calendar() -> WorkCalendar:
    """The company's working days; weekdays where nobody has lent any."""
    return _calendars[0]() if _calendars else WorkCalendar()


def _put(places: dict[str, Any], name: str, thing: Any) -> None:
    if name in places:
        raise ValueError(f"{name} is offered twice")
    places[name] = thing
