"""The state of a case while its facts are read: what is known of the order, and what has come of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.almanac import Almanac
from aftersign.policy.engine.duties import Duty, Owners
from aftersign.policy.engine.hands import Hands
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.rounds import Round
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Breach, Fact, Released
from aftersign.policy.engine.variant import Variant
from aftersign.policy.engine.world import Turn, World

Read = tuple[int, int, Fact]


@dataclass(slots=True)
class Standing:
    """An adoption: the stage's own facts and those of earlier stages, for which it stands."""

    fact: Fact
    moment: int
    earlier: frozenset[str]
    reaching: frozenset[str]

    @property
    def stands_for(self) -> frozenset[str]:
        """The facts that a gate finds in the order because of the adoption."""
        return self.earlier | self.reaching


@dataclass(slots=True)
class Spare:
    """A closing fact that has closed nothing: it may close a duty that opens later."""

    moment: int
    place: int
    fact: Fact
    is_used: bool = False


@dataclass(slots=True, eq=False)
class Record:
    """One case. `facts` are those that stand, each with the moment at which it is read and its place in the case.

    `live` holds duties by rule and unit until something closes them, `anchored` those that other units may end, `spare`
    closing facts by name and unit. `turns` are the changes of the calendar that come while the case runs, `began` is
    the place in the journal up to which it was known before them, `place` the one by which the case is now read.
    `halts` are the suspensions of the order, the last without end while it lasts.
    """

    world: World
    order: str | None
    edition: str
    program: Program
    variant: Variant
    hands: Hands
    zone: Zone
    almanac: Almanac
    began: int
    place: int
    turns: tuple[Turn, ...]
    until: int
    owners: Owners
    facts: list[Read] = field(default_factory=list)
    signed: Fact | None = None
    adopted: Standing | None = None
    former: list[Hands] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    live: dict[tuple[str, str | None], list[Duty]] = field(default_factory=dict)
    anchored: dict[tuple[str, str, str], list[Duty]] = field(default_factory=dict)
    rounds: dict[tuple[str, str | None], Round] = field(default_factory=dict)
    spare: dict[tuple[str, str, str | None], list[Spare]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    suspended: Fact | None = None
    ended: Fact | None = None
    halts: list[list[int]] = field(default_factory=list)
    exceptions: list[Released] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    teams: list[tuple[int, int, Mapping[str, str]]] = field(default_factory=list)
    effects: list[Fact] = field(default_factory=list)

    def almanac_of(self, *facts: Fact) -> Almanac:
        """The calendar by which the case is now read, or a later one that was known when one of these was stated."""
        if not self.turns:
            return self.almanac
        return self.world.almanac(self.zone, max(self.place, *(fact.knew for fact in facts)))

    def turn_to(self, turn: Turn) -> None:
        """Read on by another calendar."""
        self.place, self.almanac = turn.place, self.world.almanac(self.zone, turn.place)

    def clock_start(self, fact: Fact) -> int:
        """When the clock starts of what a fact opens: at its event, or at the adoption if that is later."""
        return fact.at if self.adopted is None else max(fact.at, self.adopted.fact.at)

    def unfinished(self) -> list[Duty]:
        """The duties, periods left out, that nothing has closed or ended."""
        return [duty for duties in self.live.values() for duty in duties if duty.closed is None]

    def meant(self, rule: Rule, own: str, fact: Fact) -> list[Duty]:
        """The unfinished duties of a rule that a fact means: of its unit, else those opened under its `own` unit."""
        unit = rule.unit_of(fact.units)
        if unit is not None:
            found = self.live.get((rule.key, unit), ())
        else:
            found = self.anchored.get((rule.key, own, fact.units.get(own, "")), ())
        return [duty for duty in found if duty.closed is None]

    def rounds_meant(self, rule: Rule, own: str, fact: Fact) -> Iterator[Round]:
        """The cycles of a rule that a fact means, in the same way."""
        unit = rule.unit_of(fact.units)
        mine = fact.units.get(own)
        if unit is None:
            found = [
                each
                for (term, _unit), each in self.rounds.items()
                if term == rule.id and each.opener.units.get(own) == mine
            ]
        else:
            found = [self.rounds[rule.id, unit]] if (rule.id, unit) in self.rounds else []
        for each in found:
            if each.next_rule.key == rule.key:
                yield each

    def named(self, name: str, moment: int) -> Iterator[tuple[Duty, Round | None]]:
        """The unfinished duties that a name means (`TERM UNIT [PERIOD]`, or the id of one), with their cycles."""
        term, _space, rest = name.partition(" ")
        unit, _space, period = rest.rpartition(" ")
        for duty in self.unfinished():
            if (duty.term == term and duty.unit == rest) or (not rest and duty.key == name):
                yield duty, None
        for (rule, of), each in self.rounds.items():
            if rest and (rule != term or of not in (rest, unit)):
                continue
            each.advance(moment)
            for duty in each.duties:
                if duty.closed is None and ((duty.period == period or of == rest) if rest else duty.key == name):
                    yield duty, each
