"""Gates, contents and bans: their acts are known, what they wait for can come, and the parts asked for are carried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aftersign.policy.rulebook.declarations import COMPANY
from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import FactKind, Fault, Term
from aftersign.policy.rulebook.soundness.duties import misfit_of_list
from aftersign.policy.rulebook.soundness.facts import is_name


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of terms that hold acts up."""
    for term in draft.rulebook.terms.values():
        if term.kind == "gate":
            yield from _held_act(draft, term)
            yield from _unless(draft, term)
        elif term.kind == "content":
            yield from _held_act(draft, term)
            yield from _parts(draft, term)
        elif term.kind == "ban":
            yield from _banned_act(draft, term)
    yield from _never_open(draft)


def _held_act(draft: Draft, term: Term) -> Iterator[Fault]:
    for index, act in enumerate(term.act):
        facts = draft.facts_of_act.get(act, ())
        if not facts:
            yield draft.fault(f"act {act} states no fact", "term", term.id, "act", index)
        elif term.kind == "gate" and not _is_about(draft, term, facts):
            yield draft.fault(f"act {act} states nothing about unit {term.per}", "term", term.id, "per")


def _is_about(draft: Draft, term: Term, facts: Sequence[str]) -> bool:
    """Whether an act's facts tell for which unit the gate is asked; every act is the company's."""
    if term.per == COMPANY or term.per not in draft.rulebook.units:
        return True
    return any(draft.carries(fact, term.per) for fact in facts)


def _banned_act(draft: Draft, term: Term) -> Iterator[Fault]:
    for index, act in enumerate(term.act):
        if act in draft.facts_of_act:
            fact = draft.where_is("fact", draft.facts_of_act[act][0])
            reason = f"{act} is always refused, yet {fact} lets it state a fact"
            yield draft.fault(reason, "term", term.id, "act", index)
        if not is_name(draft, act):
            yield draft.fault(f"{act} is no act room.verb", "term", term.id, "act", index)


def _unless(draft: Draft, term: Term) -> Iterator[Fault]:
    if not term.unless and not term.check:
        yield draft.fault("a gate must have unless or check", "term", term.id, "unless")
    if term.unless and term.per == COMPANY:
        awaited = " or ".join(term.unless)
        reason = f"is per company: once {awaited} is stated it is open for ever; give it a unit, or a check"
        yield draft.fault(reason, "term", term.id, "unless")
    for index, name in enumerate(term.unless):
        fact = draft.rulebook.facts.get(name)
        if fact is None:
            yield draft.fault(f"unless names undeclared fact {name}", "term", term.id, "unless", index)
        elif not _is_near(draft, term, fact):
            reason = f"unless: {name} is no fact of {term.per} or of its order"
            yield draft.fault(reason, "term", term.id, "unless", index)
        elif fact.stated_by and set(fact.stated_by) <= set(term.act):
            reason = f"unless: {name} is stated only by the act that waits for it"
            yield draft.fault(reason, "term", term.id, "unless", index)


def _is_near(draft: Draft, term: Term, fact: FactKind) -> bool:
    """A fact of the unit, of what it stands under, or of the company."""
    unit = draft.rulebook.units.get(term.per)
    return unit is None or bool(fact.carries & {unit.name, unit.under, COMPANY})


def _parts(draft: Draft, term: Term) -> Iterator[Fault]:
    facts = [draft.rulebook.facts[name] for act in term.act for name in draft.facts_of_act.get(act, ())]
    if isinstance(term.parts, str):
        if reason := misfit_of_list(draft, term.parts):
            yield draft.fault(f"parts {reason}", "term", term.id, "parts")
        if facts and not any(f"parts:{term.parts}" in fact.payload.values() for fact in facts):
            yield draft.fault(f"no fact of {term.act[0]} carries parts:{term.parts}", "term", term.id, "parts")
        return
    for index, key in enumerate(term.parts):
        if key not in draft.rulebook.words:
            yield draft.fault(f"part {key} has no label in words.toml", "term", term.id, "parts", index)
        if facts and not any(key in fact.payload for fact in facts):
            yield draft.fault(f"no fact of {term.act[0]} carries {key}", "term", term.id, "parts", index)


def _never_open(draft: Draft) -> Iterator[Fault]:
    """Gates whose facts cannot be stated, since the acts that state them wait, at last, for these gates."""
    waiting = [term for term in draft.rulebook.terms.values() if term.kind == "gate" and term.unless]
    gates_of: dict[str, list[Term]] = {}
    for term in waiting:
        for act in term.act:
            gates_of.setdefault(act, []).append(term)
    possible = _possible_facts(draft.rulebook.facts, gates_of)
    for term in waiting:
        if all(name in draft.rulebook.facts for name in term.unless) and possible.isdisjoint(term.unless):
            awaited = " or ".join(term.unless)
            reason = f"can never open: {awaited} waits, through other gates, for itself or for what cannot be stated"
            yield draft.fault(reason, "term", term.id, "unless")


def _possible_facts(facts: Mapping[str, FactKind], gates_of: Mapping[str, Sequence[Term]]) -> set[str]:
    """The facts that can come to be stated, each after those that its act waits for.

    Imports and the set-up pass every gate, so they count only for facts that nothing else states.
    """
    possible: set[str] = set()
    growing = True
    while growing:
        growing = False
        for fact in facts.values():
            acts = [act for act in fact.stated_by if act not in ("import", "setup")] or ["import"]
            if fact.name not in possible and any(
                all(possible.intersection(gate.unless) for gate in gates_of.get(act, ())) for act in acts
            ):
                possible.add(fact.name)
                growing = True
    return possible
