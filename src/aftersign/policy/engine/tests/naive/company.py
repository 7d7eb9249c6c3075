"""What the company's facts say of its calendar and its rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from aftersign.policy.engine.tests.naive.days import Days
from aftersign.policy.engine.tests.small import HOLIDAYS, WORKDAYS
from aftersign.policy.engine.tests.telling import CALENDAR, ROOM, Told

FROM_START = ("work", "general", "order", "policy")


class Company:
    """The company of a story as it is known at an hour; places are those of the facts in the journal."""

    def __init__(self, story: Sequence[Told], until: int) -> None:
        self._places = {fact.id: place for place, fact in enumerate(story)}
        known = [fact for fact in story if fact.entered <= until and fact.is_of_company]
        self.turns = [fact for fact in known if fact.name == CALENDAR]
        self.installed = [fact for fact in known if fact.name == ROOM]
        self.calendars = [Days(HOLIDAYS, WORKDAYS), *map(_calendar, self.turns)]

    def place(self, fact: Told) -> int:
        """Where a fact stands in the journal."""
        return self._places[fact.id]

    def days_of(self, turn: Told) -> Days:
        """The calendar that a change brings."""
        return self.calendars[self.turns.index(turn) + 1]

    def days_known_to(self, fact: Told) -> Days:
        """The calendar that was known when a fact was stated."""
        return self.calendars[sum(self.place(turn) < self.place(fact) for turn in self.turns)]

    def lives(self, term: str, said: dict[str, Any], known: Told | None) -> bool:
        """Whether a term binds an order, known by its signature or adoption: its room, and something of each side."""
        before = [
            each
            for each in self.installed
            if known is None or (self.place(each) < self.place(known) and each.at <= known.at)
        ]
        rooms = {each.payload["room"] for each in before}
        there = {*FROM_START, *rooms}
        kind = said.get("kind", "")
        names = ("act",) if kind == "content" else ("opens", "closes", "until", "act", "unless")
        sides = [said[name] for name in names if name in said] if kind != "ban" else [said["act"] + said["breach"]]
        reached = all(any(name.partition(".")[0] in there for name in side) for side in sides)
        return said.get("room", "work") in there and reached

    @property
    def has_installed(self) -> bool:
        """Whether a room was ever installed."""
        return bool(self.installed)


def _calendar(turn: Told) -> Days:
    said = [[date.fromisoformat(day) for day in turn.payload[name]] for name in ("holidays", "workdays")]
    return Days(*said)
