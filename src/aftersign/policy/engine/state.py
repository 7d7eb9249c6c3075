"""What reading has made of a case so far: its law, its duties and cycles, and how the order stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.policy.engine.adoption import Adoption, adoption
from aftersign.policy.engine.cycles import Cycle
from aftersign.policy.engine.program import Program, unit_id
from aftersign.policy.engine.roles import Roles, Trail
from aftersign.policy.engine.rules import Hand, Rule
from aftersign.policy.engine.screening import Read, Screened
from aftersign.policy.engine.types import Breach, Duty, Fact, Released
from aftersign.policy.engine.variant import Variant
from aftersign.policy.engine.world import World


class State:
    """One order, or the company where `order` is None, while its facts are read.

    `variants` are the laws by which something is still open, the one in force first. `live` are the unfinished duties
    by rule and unit, `cycles` all cycles by term and unit, `spare` the closing facts that have closed nothing yet.
    """

    def __init__(
        self,
        world: World,
        program: Program,
        edition: str,
        rooms: frozenset[str],
        order: str | None,
        found: Screened,
        until: int,
    ) -> None:
        self.world, self.order, self.until = world, order, until
        self.facts: list[Read] = found.facts
        self.leavings: list[Read] = []
        self.signed: Mapping[str, Any] = found.signed.payload if found.signed else {}
        self.adoption: Adoption | None = adoption(program.rulebook, found.adopted) if found.adopted else None
        self.duties: list[Duty] = []
        self.live: dict[Rule, dict[str, list[Duty]]] = {}
        self.cycles: dict[tuple[str, str], Cycle] = {}
        self.spare: dict[tuple[str, str, str], list[Read]] = {}
        self.spent: set[str] = set()
        self.barred: set[tuple[Program, str]] = set()
        self.gone: dict[str, str] = {}
        self.teams: list[tuple[int, dict[str, str]]] = []
        self.suspended: Fact | None = None
        self.ended: Fact | None = None
        self.exceptions: list[Released] = []
        self.breaches: list[Breach] = []
        self._roles: dict[tuple[int, int], Roles] = {}
        self._by_unit: dict[tuple[str, str], list[Read]] = {}
        self.variants: list[Variant] = []
        self._hands: dict[str, Hand | None] = {}
        self.turn_to(program, edition, rooms)

    def turn_to(self, program: Program, edition: str, rooms: frozenset[str]) -> None:
        """From now on terms open by this edition and for these rooms; what is open goes on by its own."""
        self.program, self.edition, self.rooms = program, edition, rooms
        self.zone, self.wide = self.world.zone(program), program.rulebook.order_wide
        self.variant = program.variant(rooms, self.signed)
        used = {duty.rule for duty in self.unfinished()}
        others = [each for each in self.variants if each is not self.variant]
        self.variants = [self.variant, *(each for each in others if not used.isdisjoint(each.rules.values()))]
        self._hands.clear()
        self._roles.clear()

    def hand(self, name: str) -> Hand | None:
        """What a kind of fact does: by all laws together, but it opens by the one in force."""
        if name not in self._hands:
            self._hands[name] = self._joined(name)
        return self._hands[name]

    def _joined(self, name: str) -> Hand | None:
        hands = [each.hands.get(name) for each in self.variants]
        if not any(hands[1:]):
            return hands[0]
        joined = Hand(opens=hands[0].opens, breaks=hands[0].breaks) if hands[0] else Hand()
        for hand in hands:
            if hand is not None:
                joined.join(hand)
        return joined

    def unfinished(self) -> Iterator[Duty]:
        """All duties, of periods too, that nothing has closed or ended."""
        for units in self.live.values():
            for duties in units.values():
                yield from duties
        for cycle in self.cycles.values():
            yield from cycle.unfinished()

    def drop(self, duty: Duty) -> None:
        """A duty is open no longer."""
        waiting = self.live.get(duty.rule, {}).get(duty.unit, []) if duty.rule else []
        if duty in waiting:
            waiting.remove(duty)

    def meant(self, rule: Rule, fact: Fact) -> list[Duty]:
        """The unfinished duties of a rule that a fact acts on."""
        units = self.live.get(rule)
        if not units:
            return []
        pk = self.carried(rule.per, fact)
        if pk is not None:
            return list(units.get(pk, ()))
        opened = [duty for duties in units.values() for duty in duties]
        return [duty for duty in opened if duty.opener and self.is_about(duty.opener, fact)]

    def carried(self, kind: str, fact: Fact) -> str | None:
        """The id of a kind of unit that a fact carries; of its own unit also where that is left out."""
        return unit_id(kind, fact.units) if kind in fact.units or kind == self.own_unit(fact) else None

    def is_about(self, opener: Fact, fact: Fact) -> bool:
        """Whether an opening fact carried the id of a fact's own unit."""
        own = self.own_unit(fact)
        return opener.units.get(own) == unit_id(own, fact.units)

    def own_unit(self, fact: Fact) -> str:
        """The kind of unit that a fact is about."""
        kind = self.program.kinds.get(fact.name)
        return kind.unit if kind else ""

    def calendar(self, fact: Fact) -> WorkCalendar:
        """The calendar as known when a fact was stated."""
        return self.world.calendar(fact.place)

    def roles(self, moment: int, place: int) -> Roles:
        """The roles at a moment of the case, as the company was known at a place in the journal."""
        named = bisect_right(self.teams, moment, key=itemgetter(0)) if self.teams else 0
        key = named, self.world.turn(place)
        known = self._roles.get(key)
        if known is None:
            team = self.teams[named - 1][1] if named else {}
            known = self._roles[key] = Roles(self.world, self.program.rulebook.roles, self.signed, team, place)
        return known

    def trail(self, opener: Fact, kind: str, unit: str, moment: int) -> Trail:
        """Where a key of a unit is looked for: in the opening fact, then in the unit's facts read by a moment."""

        def facts() -> Iterable[Fact]:
            yield opener
            for read_at, _place, fact in reversed(self._of_unit(kind, unit)):
                if read_at <= moment:
                    yield fact

        return facts

    def _of_unit(self, kind: str, unit: str) -> list[Read]:
        if not self._by_unit:
            for read in self.facts:
                own = self.own_unit(read[2])
                self._by_unit.setdefault((own, unit_id(own, read[2].units)), []).append(read)
        return self._by_unit.get((kind, unit), [])

    def heir(self, person: str | None) -> str | None:
        """Whoever has succeeded a person in what was theirs; the person, where nobody has."""
        seen: set[str | None] = set()
        while person in self.gone and person not in seen:
            seen.add(person)
            person = self.gone[person]
        return person
