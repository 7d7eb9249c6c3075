"""One order as it is told: office time runs on, and what happens becomes facts until the history ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from aftersign.cli.simulating.office import DAY, Office
from aftersign.cli.simulating.usual import Usual
from aftersign.kernel.clock.ids import made_text
from aftersign.kernel.clock.zone import MINUTE
from aftersign.policy.engine import World
from aftersign.policy.rulebook import Rulebook

LATE, NEVER = 0.06, 0.01
Then = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the simulated company."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A department: its id, whoever heads it, and its people."""

    id: str
    head: Someone
    people: tuple[Someone, ...]


@dataclass(frozen=True)
class Ground:
    """What all simulated histories stand on: the company, its policy and calendar, and when the history ends.

    `end` is in microseconds; `file` the digest of the paper that stands for all papers.
    """

    rulebook: Rulebook
    usual: Usual
    office: Office
    world: World
    seen: int
    desks: Mapping[str, Desk]
    manager: Someone
    end: int
    seed: int
    suppliers: int
    file: str


@dataclass(slots=True)
class Told:
    """A fact of a simulated history before it has a place; `then` is what it does to rows, given its moment."""

    id: str
    name: str
    at: int
    entered: int
    unit: str
    unit_id: str
    units: dict[str, str]
    payload: dict[str, Any]
    by: str | None
    kind: str = "person"
    files: tuple[str, ...] = ()
    then: Then | None = None


class Over(Exception):
    """The history has reached its end."""


@dataclass
class Story:
    """An order being told: `time` is office time, `cast` whoever holds its posts.

    `units` are those that later ones stand under, `marks` points of time that others count from.
    """

    ground: Ground
    chance: Random
    time: float
    order: str = ""
    cast: dict[str, Someone] = field(default_factory=dict)
    grade: str = ""
    told: list[Told] = field(default_factory=list)
    units: dict[str, dict[str, str]] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)

    def wait(self, least: float, most: float) -> None:
        """Let so many hours of work pass; raises `Over` at the end of the history."""
        self.time += 60 * self.chance.uniform(least, most)
        if self.now >= self.ground.end:
            raise Over

    @property
    def now(self) -> int:
        """This moment, in microseconds."""
        return self.ground.office.moment(self.time)

    @property
    def today(self) -> date:
        """This day."""
        return date.fromordinal(self.ground.office.day(self.time))

    def happens(self, often: float) -> bool:
        """Whether something of this likelihood comes about."""
        return self.chance.random() < often

    def within(self, days: int, late: float = LATE) -> float:
        """When something is done that is due so many working days after today: mostly in time, sometimes late."""
        end = (self.time // DAY + days + 1) * DAY - 3
        if self.chance.random() < late:
            return end + 60 + self.chance.expovariate(1 / (0.8 * DAY))
        return self.time + 5 + max(end - self.time - 5, 1.0) * math.pow(self.chance.random(), 1.4)

    def due(self, days: int, late: float = LATE) -> None:
        """Let time pass until something is done that is due in so many working days; raises `Over`."""
        self.time = self.within(days, late)
        self.wait(0, 0.01)

    def aside(self, time: float) -> Story:
        """The same order at another time: what happens there does not hold up the rest."""
        return replace(self, time=time)

    def unit(self, kind: str, **above: str) -> dict[str, str]:
        """A new unit of a kind, carrying the ids of those above it."""
        return {kind: self.new_id(self.now), **above}

    def new_id(self, at: int) -> str:
        """The next id of this history."""
        return made_text(at // 1000, self.chance.getrandbits(74))

    def state(
        self,
        name: str,
        by: str,
        units: Mapping[str, str] | None = None,
        *,
        heard: bool = False,
        then: Then | None = None,
        files: tuple[str, ...] = (),
        **said: Any,
    ) -> None:
        """Something happens now, done by whoever holds a post; what was only `heard` of is entered some time later."""
        fact, at = self.ground.rulebook.facts.get(name), self.now
        if fact is None or at >= self.ground.end:
            return
        entered = self._entered() if heard else at
        if entered >= self.ground.end:
            return
        actor = self.cast[by]
        carried = {**(units or {}), "order": self.order}
        payload = {**self.ground.usual.of(name), **said}
        for key in self.ground.usual.marked[name]:
            if key not in said:
                payload[key] = self._meant(payload[key], actor, at)
        self.told.append(
            Told(
                self.new_id(entered),
                name,
                at,
                entered,
                fact.unit,
                carried.get(fact.unit, ""),
                carried,
                payload,
                actor.id,
                "person",
                files,
                then,
            )
        )

    def _entered(self) -> int:
        """When what happened outside is written down: soon, or on a later day."""
        draw = self.chance.random()
        if draw < 0.93:
            return self.now + int(self.chance.uniform(2, 40)) * MINUTE
        days = 1 if draw < 0.985 else 4
        return self.ground.office.moment((self.time // DAY + days) * DAY + self.chance.uniform(5, 90))

    def _meant(self, mark: str, actor: Someone, at: int) -> Any:
        """What a mark of the usual payload stands for."""
        if mark == "$day":
            return self.today.isoformat()
        if mark == "$moment":
            return iso(at)
        if mark == "$person":
            return actor.id
        if mark == "$people":
            return [actor.id, self.cast["quality"].id]
        if mark == "$department":
            return self.ground.desks["project"].id
        if mark == "$departments":
            return [self.ground.desks[code].id for code in ("project", "customer_service")]
        return self.ground.file if mark == "$file" else [self.ground.file]


def iso(at: int) -> str:
    """A moment, of which only whole seconds matter, as the journal writes it."""
    day, rest = divmod(at // 1_000_000, 86_400)
    minute, second = divmod(rest, 60)
    return _day(day) + _MINUTES[minute] + _SECONDS[second]


@lru_cache(maxsize=4096)
def _day(number: int) -> str:
    """The n-th day since the epoch."""
    return date.fromordinal(_EPOCH + number).isoformat()


_EPOCH = date(1970, 1, 1).toordinal()
_MINUTES = tuple(f"T{minute // 60:02d}:{minute % 60:02d}:" for minute in range(24 * 60))
_SECONDS = tuple(f"{second:02d}Z" for second in range(60))
