"""Facts told in hours since the beginning of a Monday, as the naive model reads them, and the same for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from aftersign.policy.engine import Fact, Program, World
from aftersign.policy.engine.tests.small import BEGIN, HOLIDAYS, WORKDAYS, small_rulebook

CALENDAR, ROOM = "general.calendar_changed", "policy.room_installed"
_START = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=timezone(timedelta(hours=8)))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PROGRAM = Program.compile(small_rulebook())


@dataclass
class Told:
    """A fact in hours; one without units is the company's."""

    id: str
    name: str
    at: int
    entered: int
    units: dict[str, str]
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def is_of_company(self) -> bool:
        """Whether it says how the company stands."""
        return not self.units


def moment(hour: int) -> int:
    """An hour as the engine counts time."""
    return (_START + timedelta(hours=hour) - _EPOCH) // timedelta(microseconds=1)


def hour(at: int | None) -> int | None:
    """The engine's moment as an hour, None for none."""
    return None if at is None else (at - moment(0)) // 3_600_000_000


def engine_facts(story: Sequence[Told]) -> list[Fact]:
    """The facts of the order in a story, as the engine reads them."""
    return [_fact(each, place) for place, each in enumerate(story, 1) if not each.is_of_company]


def world_of(story: Sequence[Told]) -> World:
    """The company with the small rulebook: the days off as set up, and what the story says beside the order."""
    world = World({"": _PROGRAM}, rooms=("work", "general"))
    world.read(_fact(Told("c0", CALENDAR, -10_000, -10_000, {}, days(HOLIDAYS, WORKDAYS)), 0))
    for place, each in enumerate(story, 1):
        if each.is_of_company:
            world.read(_fact(each, place))
    return world


def days(holidays: Sequence[Any], workdays: Sequence[Any]) -> dict[str, Any]:
    """A calendar as its fact says it."""
    written = [[day.isoformat() for day in each] for each in (holidays, workdays)]
    return {"year": BEGIN.year, "holidays": written[0], "workdays": written[1]}


def _fact(told: Told, place: int) -> Fact:
    units = dict(told.units)
    return Fact(told.id, told.name, moment(told.at), moment(told.entered), units, _payload(told), None, place)


def _payload(told: Told) -> dict[str, Any]:
    if "new_due" not in told.payload:
        return dict(told.payload)
    new_due = _START + timedelta(hours=int(told.payload["new_due"]))
    written = new_due.isoformat() if new_due.hour else (new_due.date() - timedelta(1)).isoformat()
    return {**told.payload, "new_due": written}
