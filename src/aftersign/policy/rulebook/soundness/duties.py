"""Duties, cycles and bans: the facts that open, close, pause and end them are about their unit and can be stated."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.draft import NOBODY, Draft
from aftersign.policy.rulebook.model import Fault, Term

# A fact of the unit above acts on the duties whose opening fact carried its id.
_FROM_ABOVE = ("voids", "until", "pauses", "resumes")


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of facts that terms name, gates and measures apart."""
    for term in draft.rulebook.terms.values():
        for key, names in _facts_of(term).items():
            for index, name in enumerate(names):
                if name not in draft.rulebook.facts:
                    yield draft.fault(f"{key} names undeclared fact {name}", "term", term.id, key, index)
                elif key != "shows" and not _is_about(draft, term, key, name):
                    reason = f"{key}: {name} does not carry the id of unit {term.per}"
                    yield draft.fault(reason, "term", term.id, key, index)
        yield from _closing(draft, term)
        yield from _evidence(draft, term)
        if bool(term.pauses) != bool(term.resumes):
            lonely = "pauses" if term.pauses else "resumes"
            yield draft.fault("pauses and resumes go together", "term", term.id, lonely)


def _facts_of(term: Term) -> dict[str, tuple[str, ...]]:
    return {
        "opens": term.opens,
        "closes": term.closes,
        "until": term.until,
        "pauses": term.pauses,
        "resumes": term.resumes,
        "voids": term.voids,
        "breach": term.breach,
        "shows": term.shows,
    }


def _is_about(draft: Draft, term: Term, key: str, fact: str) -> bool:
    unit = draft.rulebook.units.get(term.per)
    if unit is None or draft.carries(fact, unit.name):
        return True
    return key in _FROM_ABOVE and draft.carries(fact, unit.under)


def _closing(draft: Draft, term: Term) -> Iterator[Fault]:
    for index, name in enumerate(term.closes):
        if name in term.opens:
            reason = f"{name} opens the {term.kind} and cannot close it"
            yield draft.fault(reason, "term", term.id, "closes", index)
        fact = draft.rulebook.facts.get(name)
        if fact and fact.stated_by and set(fact.stated_by) <= NOBODY:
            where = draft.where_is("fact", name)
            reason = f"no person's act states {name} ({where}), so nobody can close the {term.kind}"
            yield draft.fault(reason, "term", term.id, "closes", index)


def _evidence(draft: Draft, term: Term) -> Iterator[Fault]:
    closing = [draft.rulebook.facts[name] for name in term.closes if name in draft.rulebook.facts]
    if isinstance(term.evidence, str):
        if reason := misfit_of_list(draft, term.evidence):
            yield draft.fault(f"evidence {reason}", "term", term.id, "evidence")
        for fact in closing:
            if f"parts:{term.evidence}" not in fact.payload.values():
                yield draft.fault(f"{fact.name} carries no parts:{term.evidence}", "term", term.id, "evidence")
        return
    for index, key in enumerate(term.evidence):
        if key not in draft.rulebook.words:
            yield draft.fault(f"evidence {key} has no label in words.toml", "term", term.id, "evidence", index)
        for fact in closing:
            if key not in fact.payload:
                yield draft.fault(f"{fact.name} does not carry {key}", "term", term.id, "evidence", index)


def misfit_of_list(draft: Draft, written: str) -> str | None:
    """Why a text is no `$name` of a list parameter; None when it is one."""
    param = draft.rulebook.params.get(written.removeprefix("$"))
    if not written.startswith("$") or param is None:
        return f"names unknown parameter {written}" if written.startswith("$") else f"'{written}' is no list"
    return None if isinstance(param.value, tuple) else f"{written} is no list"
