"""What a simulated company does without an order: meetings, backups, training, supplier scores, the policy read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Any

from aftersign.cli.simulating.hiring import COMPANY
from aftersign.cli.simulating.office import DAY
from aftersign.cli.simulating.staff import Staff, known_id
from aftersign.cli.simulating.story import Ground, Someone, Told, iso
from aftersign.kernel.clock import Zone
from aftersign.kernel.clock.zone import MINUTE

FORGOTTEN = 0.03
_ROUTINE = (
    ("teamwork.coordination_held", "company", 30),
    ("documents.misuse_checked", "company", 7),
    ("documents.backed_up", "company", 1),
    ("documents.restore_tested", "company", 91),
    ("teamwork.training_held", "training", 180),
    ("teamwork.case_studied", "training", 360),
    ("teamwork.drill_held", "training", 360),
    ("suppliers.list_updated", "company", 180),
    ("assessment.run_closed", "company", 91),
)
_ONCE = ("documents.repository_opened", "teamwork.duties_issued", "assessment.indicators_set")


@dataclass
class Housekeeping:
    """The company's own facts between two days (ordinals); days of rest are left out."""

    ground: Ground
    staff: Staff
    zone: Zone
    first: int
    last: int
    edition: str
    version: str
    made: int = 0

    def facts(self) -> Iterator[Told]:
        """All of them, in no order."""
        chance = Random(f"{self.ground.seed}/house")  # noqa: S311 (a simulation)
        for name in _ONCE:
            yield self._told(name, "company", self.first + 5, chance)
        for name, unit, every in _ROUTINE:
            for day in range(self.first + every, self.last, every):
                if every == 1 or not chance.random() < FORGOTTEN:
                    yield self._told(name, unit, day, chance)
        yield from self._watch_risks(chance)
        yield from self._score_suppliers(chance)
        yield from self._tell_everybody(chance)

    def _told(
        self,
        name: str,
        unit: str,
        day: int,
        chance: Random,
        said: Mapping[str, Any] = MappingProxyType({}),
        *,
        unit_id: str = "",
        by: Someone | None = None,
    ) -> Told:
        office = self.ground.office
        at = office.moment(office.begin_of(day) + chance.uniform(5, DAY - 60)) if name != _BACKUP else self._night(day)
        self.made += 1
        pk = known_id(self.ground.seed, f"house/{self.made}")
        unit_id = COMPANY if unit == "company" else unit_id or pk
        units = {} if unit == "company" else {unit: unit_id}
        who = by or self.ground.manager
        payload = dict(self.ground.usual.of(name))
        for key in self.ground.usual.marked[name]:
            payload[key] = said[key] if key in said else self._meant(payload[key], who, at)
        payload |= said
        return Told(pk, name, at, at, unit, unit_id, units, payload, who.id)

    def _night(self, day: int) -> int:
        return self.zone.start(day) + 120 * MINUTE

    def _meant(self, mark: str, who: Someone, at: int) -> Any:
        desks = self.ground.desks
        return {
            "$day": self.zone.date(at),
            "$moment": iso(at),
            "$person": who.id,
            "$people": [who.id],
            "$department": desks["project"].id,
            "$departments": [desk.id for desk in desks.values()],
            "$file": self.ground.file,
            "$files": [self.ground.file],
        }[mark]

    def _watch_risks(self, chance: Random) -> Iterator[Told]:
        for desk in self.ground.desks.values():
            for day in range(self.first + 25, self.last, 30):
                if chance.random() > FORGOTTEN:
                    yield self._told("risks.watch_stated", "department", day, chance, unit_id=desk.id, by=desk.head)

    def _score_suppliers(self, chance: Random) -> Iterator[Told]:
        """Every supplier is scored within ten days after each quarter."""
        buyer = self.ground.desks["procurement"].head
        for number in range(self.staff.suppliers):
            supplier = self.staff.supplier(number)
            for day in range(self.first + 96, self.last, 91):
                if chance.random() > FORGOTTEN:
                    score = chance.randint(76, 89)
                    scored, graded = {"total": score, "rated": True}, {"grade": "B", "scorer": buyer.id}
                    for name, said in (("suppliers.scored", scored), ("suppliers.graded", graded)):
                        yield self._told(name, "supplier", day, chance, said, unit_id=supplier, by=buyer)

    def _tell_everybody(self, chance: Random) -> Iterator[Told]:
        """The policy is told to everybody, who confirm that they have read it."""
        people = [each for desk in self.ground.desks.values() for each in (desk.head, *desk.people)]
        said = {"recipients": [each.id for each in people[:50]]}
        yield self._told("policy.staff_told", "edition", self.first + 1, chance, said, unit_id=self.edition)
        version = {"version": self.version}
        for each in people:
            yield self._told("policy.told", "person", self.first + 1, chance, version, unit_id=each.id)
            day = self.first + chance.randint(2, 7)
            yield self._told("policy.acknowledged", "person", day, chance, version, unit_id=each.id, by=each)


_BACKUP = "documents.backed_up"
