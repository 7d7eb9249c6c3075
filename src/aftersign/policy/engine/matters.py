"""The reading itself: each fact first closes, then voids and ends, then pauses and resumes, then opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from aftersign.policy.engine import adoption, clocks, names
from aftersign.policy.engine.conditions import all_met
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.types import Breach, Duty, Fact, Released
from aftersign.policy.engine.variant import Hand, Rule

if TYPE_CHECKING:
    from aftersign.policy.engine.case import Case

ORDER = "the order"
TERM = "the term"


class Matters:
    """One reading of the facts of a case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        wide = case.variant.rulebook.order_wide
        self.kept = wide.kept_after_termination
        self.special: dict[str, Callable[[Fact, int], None]] = {
            names.WAIVED: self._waive,
            names.EXTENDED: self._extend,
            names.TAKEN: self._hand_over,
            names.HANDED_ON: self._hand_over,
            names.RELEASED: self._release,
            names.TEAM_NAMED: self._team,
        }
        if case.order is not None:
            self.special |= {wide.pauses: self._suspend, wide.resumes: self._resume, wide.voids: self._terminate}
            self.special |= {names.ADOPTED: self._adopt, names.ORDER_MOVED: self._move}
        else:
            self.special |= {names.WAS_REPLACED: self._replace, names.TOOK_EFFECT: self._take_effect}
            self.special |= {names.ROOM_INSTALLED: self._install}

    def read(self) -> None:
        """Read every fact of the case in its order."""
        case, special = self.case, self.special
        for moment, _place, fact in case.facts:
            for variant in case.variants:
                hand = variant.hands.get(fact.name)
                if hand is not None:
                    self._end_and_pause(hand, fact, moment)
            act = special.get(fact.name)
            if act is not None:
                act(fact, moment)
            hand = case.variant.hands.get(fact.name)
            if hand is not None and hand.opens:
                self._open(hand.opens, fact, moment)

    def _end_and_pause(self, hand: Hand, fact: Fact, moment: int) -> None:
        case = self.case
        if hand.closes:
            self._close(hand.closes, fact, moment)
        for rule in hand.serves:
            case.rounds.serve(rule, fact, moment)
        for rule in hand.voids:
            for duty in self._meant(rule, fact):
                self._finish(duty, "void", fact, moment)
        for rule in hand.ends if fact.name != names.WAS_REPLACED else ():
            for key in self._runs_meant(rule, fact):
                case.rounds.stop(key, fact, moment)
        for rule in hand.pauses:
            for duty in self._meant(rule, fact):
                clocks.stop(duty, moment, TERM, fact.name, case.world.calendar(duty.seen), case.zone)
        for rule in hand.resumes:
            for duty in self._meant(rule, fact):
                clocks.lead_on(duty, moment, TERM, case.world.calendar(duty.seen), case.zone)
        for term in hand.breaks:
            pk = case.program.unit_id(term.per, fact.units)
            case.breaches.append(Breach(term.id, pk, case.order, fact.at, fact.id))

    def _close(self, rules: Iterable[Rule], fact: Fact, moment: int) -> None:
        case = self.case
        entry: list[Any] = [fact, moment, False]
        for rule in rules:
            pk = case.program.unit_id(rule.per, fact.units)
            waiting = case.live.pop((rule, pk), None)
            if waiting:
                entry[2] = True
                for duty in waiting:
                    clocks.end(duty, moment, "done", fact)
            known = case.closers.setdefault((fact.name, rule.per, pk), [])
            if not known or known[-1] is not entry:
                known.append(entry)

    def _meant(self, rule: Rule, fact: Fact) -> list[Duty]:
        """The unfinished duties of a rule that a fact means: of its unit, else those born of what it is about."""
        case = self.case
        pk = fact.units.get(rule.per) or (names.COMPANY if rule.per == names.COMPANY else None)
        if pk is not None:
            return list(case.live.get((rule, pk), ()))
        own = case.program.facts[fact.name].unit
        mine = fact.units.get(own)
        return [
            duty for (each, _pk), duties in case.live.items() if each is rule for duty in duties if duty.carried.get(own) == mine
        ]

    def _runs_meant(self, rule: Rule, fact: Fact) -> list[tuple[str, str]]:
        rounds = self.case.rounds
        pk = fact.units.get(rule.per) or (names.COMPANY if rule.per == names.COMPANY else None)
        if pk is not None:
            return [(rule.id, pk)]
        own = self.case.program.facts[fact.name].unit
        mine = fact.units.get(own)
        found = [key for key, run in rounds.running.items() if key[0] == rule.id and run.opener.units.get(own) == mine]
        found += [key for key, (_rule, opener) in rounds.resting.items() if key[0] == rule.id and opener.units.get(own) == mine]
        return found

    def _finish(self, duty: Duty, state: str, fact: Fact, moment: int) -> None:
        clocks.end(duty, moment, state, fact, fact.payload.get("reason"))
        if duty.rule is not None:
            waiting = self.case.live.get((duty.rule, duty.unit), [])
            if duty in waiting:
                waiting.remove(duty)

    def _open(self, rules: Iterable[Rule], fact: Fact, moment: int) -> None:
        case = self.case
        for rule in rules:
            if not all_met(rule.where, fact.payload) or (case.ended is not None and rule.id not in self.kept):
                continue
            if case.adopted is not None and not adoption.opens(case, rule, fact):
                continue
            self.open(rule, fact, moment, applies=case.adopted is None or not adoption.is_past(case, fact))

    def open(self, rule: Rule, fact: Fact, moment: int, *, applies: bool = True) -> None:
        """Open a duty or start a cycle of a rule."""
        case = self.case
        if rule.term.kind == "cycle" and rule.applies and applies:
            case.rounds.start(rule, fact, moment)
            return
        duty = case.open(rule, fact, moment, applies=applies)
        if duty.closed is not None or rule.term.kind == "cycle":
            return
        if not rule.takes_turns:
            self._close_in_advance(duty, rule, fact)
        if duty.closed is None and case.suspended is not None:
            work = case.world.calendar(duty.seen)
            clocks.stop(duty, moment, ORDER, case.suspended.name, work, case.zone)

    def _close_in_advance(self, duty: Duty, rule: Rule, fact: Fact) -> None:
        """The earliest closing fact already read that has closed nothing yet closes the duty at once."""
        case = self.case
        own = case.program.facts[fact.name].unit
        below = own != rule.per and fact.units.get(own)
        for name in rule.term.closes:
            for entry in case.closers.get((name, rule.per, duty.unit), ()):
                other, moment, used = entry
                is_same_unit = below and case.program.facts[other.name].unit == own and other.units.get(own) == below
                if used or is_same_unit or other is fact:
                    continue
                entry[2] = True
                clocks.end(duty, max(duty.opened, moment), "done", other)
                case.live[(rule, duty.unit)].remove(duty)
                return

    def _named(self, fact: Fact) -> list[Duty]:
        """The unfinished duties that a fact names by term and unit, or by id; a period is marked for later."""
        name = fact.units.get("duty", "")
        return [duty for duties in self.case.live.values() for duty in duties if duty.name == name or duty.key == name]

    def _waive(self, fact: Fact, moment: int) -> None:
        self.case.rounds.mark(fact.units.get("duty", ""), fact, moment)
        for duty in self._named(fact):
            self._finish(duty, "waived", fact, moment)

    def _extend(self, fact: Fact, moment: int) -> None:
        case = self.case
        case.rounds.mark(fact.units.get("duty", ""), fact, moment)
        for duty in self._named(fact):
            new_due = moment_of(fact.payload["new_due"], case.zone)
            clocks.extend(duty, moment, new_due, case.world.calendar(duty.seen), case.zone)

    def _hand_over(self, fact: Fact, moment: int) -> None:
        self.case.rounds.mark(fact.units.get("duty", ""), fact, moment)
        person = fact.payload.get("to_person") or fact.payload.get("person")
        for duty in self._named(fact):
            duty.owner, duty.without_owner = str(person), False

    def _release(self, fact: Fact, moment: int) -> None:
        said = fact.payload
        self.case.exceptions.append(Released(str(said.get("term")), str(said.get("unit")), self.case.order, fact.at))

    def _team(self, fact: Fact, moment: int) -> None:
        rows = fact.payload.get("team")
        named = {str(row["post"]): str(row["person"]) for row in rows if "post" in row} if isinstance(rows, list) else {}
        self.case.teams.append((moment, named))

    def _suspend(self, fact: Fact, moment: int) -> None:
        case = self.case
        if case.suspended is not None or case.ended is not None:
            return
        case.suspended = fact
        for duty in self._unfinished():
            clocks.stop(duty, moment, ORDER, fact.name, case.world.calendar(duty.seen), case.zone)
        case.rounds.rest(fact, moment)

    def _resume(self, fact: Fact, moment: int) -> None:
        case = self.case
        if case.suspended is None:
            return
        case.suspended = None
        for duty in self._unfinished():
            clocks.lead_on(duty, moment, ORDER, case.world.calendar(duty.seen), case.zone)
        case.rounds.wake(moment)

    def _terminate(self, fact: Fact, moment: int) -> None:
        case = self.case
        case.ended, case.suspended = fact, None
        for duty in self._unfinished():
            if duty.term in self.kept:
                clocks.lead_on(duty, moment, ORDER, case.world.calendar(duty.seen), case.zone)
            else:
                self._finish(duty, "void", fact, moment)
        for key in [each for each in case.rounds.running if each[0] not in self.kept]:
            case.rounds.stop(key, fact, moment, fact.payload.get("reason"))
        case.rounds.wake(moment, self.kept)

    def _adopt(self, fact: Fact, moment: int) -> None:
        adoption.take_in(self, fact, moment)

    def _move(self, fact: Fact, moment: int) -> None:
        edition = self.case.world.edition_of(fact.payload)
        if edition:
            self.case.choose(edition, moment)

    def _replace(self, fact: Fact, moment: int) -> None:
        """A new edition: only the cycles that it no longer has come to an end, and for good."""
        ended = {str(each) for each in fact.payload.get("terms_ended") or ()}
        self.case.rounds.barred |= ended
        for key in [each for each in self.case.rounds.running if each[0] in ended]:
            self.case.rounds.stop(key, fact, moment)

    def _take_effect(self, fact: Fact, moment: int) -> None:
        case = self.case
        case.choose(fact.units.get("edition", case.edition), moment)
        for key, run in list(case.rounds.running.items()):
            rule = case.variant.rules.get(key[0])
            if rule is not None and rule is not run.rule:
                run.rules.append((moment, rule))

    def _install(self, fact: Fact, moment: int) -> None:
        """A room is installed: what took effect before counts as stated now, for its terms."""
        case = self.case
        before = {rule.id for rule in case.variant.rules.values()}
        case.choose(case.edition, moment)
        effect = next((each for at, _place, each in reversed(case.facts) if each.name == names.TOOK_EFFECT and at <= moment), None)
        hand = case.variant.hands.get(names.TOOK_EFFECT)
        for rule in hand.opens if hand and effect else ():
            if rule.id not in before and all_met(rule.where, effect.payload):
                moved = Fact(fact.id, effect.name, fact.at, fact.entered, effect.units, effect.payload, fact.seen, fact.position)
                self.open(rule, moved, moment)

    def _unfinished(self) -> list[Duty]:
        return [duty for duties in self.case.live.values() for duty in duties]
