"""What every kind of term has in common: unit, severity, people, lengths of time, and for which orders it is."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.durations import duration
from aftersign.policy.rulebook.kinds import SEVERITIES
from aftersign.policy.rulebook.model import Fault, Param, Term, Value
from aftersign.policy.rulebook.soundness.conditions import faults_of_only, faults_of_where
from aftersign.policy.rulebook.soundness.roles import is_found_in, is_told_only, keys_of


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults that any term can have."""
    for term in draft.rulebook.terms.values():
        if term.per and term.per not in draft.rulebook.units:
            yield draft.fault(f"unit {term.per} is not declared", "term", term.id, "per")
        if term.severity and term.severity not in SEVERITIES:
            yield draft.fault(f"severity is {', '.join(SEVERITIES)}", "term", term.id, "severity")
        if term.check and term.check not in draft.rulebook.checks:
            yield draft.fault(f"check {term.check} is not in checks.toml", "term", term.id, "check")
        yield from faults_of_only(draft, term)
        yield from faults_of_where(draft, term)
        yield from _owner(draft, term)
        yield from _told(draft, term)
        yield from _lengths(draft, term)


def _owner(draft: Draft, term: Term) -> Iterator[Fault]:
    if not term.owner:
        return
    if term.owner not in draft.rulebook.roles:
        yield draft.fault(f"role {term.owner} is not declared", "term", term.id, "owner")
    elif is_told_only(draft, term.owner):
        yield draft.fault(f"role {term.owner} is told only and cannot own a duty", "term", term.id, "owner")
    elif not _is_found(draft, term):
        reason = f"owner {_role(draft, term.owner)} is found in no opening fact and in no fact its unit is born with"
        yield draft.fault(reason, "term", term.id, "owner")


def _is_found(draft: Draft, term: Term) -> bool:
    """Whether the owner is in every opening fact (or breach), or in every fact that brings a unit into being."""
    if not keys_of(draft, term.owner):
        return True
    facts, unit = draft.rulebook.facts, draft.rulebook.units.get(term.per)
    opening = [name for name in (*term.opens, *term.breach) if name in facts]
    births = [name for name in unit.born if name in facts] if unit else []
    if all(is_found_in(draft, term.owner, name) for name in opening):
        return True
    return bool(births) and all(is_found_in(draft, term.owner, name) for name in births)


def _told(draft: Draft, term: Term) -> Iterator[Fault]:
    for index, role in enumerate(term.tells):
        if role not in draft.rulebook.roles:
            yield draft.fault(f"role {role} is not declared", "term", term.id, "tells", index)
        elif not _can_be_found(draft, role, term.per):
            reason = f"tells {_role(draft, role)}, found in no fact of {term.per}"
            yield draft.fault(reason, "term", term.id, "tells", index)
    for index, (after, role) in enumerate(term.escalates):
        if duration(after[1:]) is None or role not in draft.rulebook.roles:
            reason = f"escalation '{after} {role}' is not '+DURATION role'"
            yield draft.fault(reason, "term", term.id, "escalates", index)
        elif not _can_be_found(draft, role, term.per):
            reason = f"escalates to {_role(draft, role)}, found in no fact of {term.per}"
            yield draft.fault(reason, "term", term.id, "escalates", index)


def _can_be_found(draft: Draft, role: str, per: str) -> bool:
    facts = [fact.name for fact in draft.rulebook.facts.values() if per in fact.carries]
    return not keys_of(draft, role) or any(is_found_in(draft, role, name) for name in facts)


def _role(draft: Draft, role: str) -> str:
    return f"{role} = {draft.rulebook.roles[role].resolved} ({draft.where_is('role', role)})"


def _lengths(draft: Draft, term: Term) -> Iterator[Fault]:
    for key, written in (("within", term.within), ("every", term.every), ("grace", term.grace)):
        if not written:
            continue
        param = draft.rulebook.params.get(written[1:]) if written.startswith("$") else None
        if written.startswith("$") and param is None:
            yield draft.fault(f"{key} names unknown parameter {written}", "term", term.id, key)
            continue
        value = param.value if param else written
        if (read := duration(value)) is None:
            reason = f"{key} = {value} is no duration such as 15min 4h 2d 3bd 1w 1m 1q 1y, of a hundred years at most"
            yield draft.fault(reason, "term", term.id, key)
        elif key == "every" and param:
            yield from _no_length(draft, term, param)
        elif key == "every" and read.count == 0:
            yield draft.fault(f"every = {written}: a period may not have no length", "term", term.id, key)


def _no_length(draft: Draft, term: Term, param: Param) -> Iterator[Fault]:
    """A parameter that could be set to nothing is refused too, at its own line."""
    values: dict[tuple[str, ...], Value | None] = {("value",): param.value, ("min",): param.min}
    values |= {("by", key, word): value for key, table in param.by.items() for word, value in table.items()}
    for keys, value in values.items():
        read = duration(value)
        if read and read.count == 0:
            reason = f"{term.id} has every = ${param.name}: a period may not have no length"
            yield draft.fault(reason, "param", param.name, *keys)
