"""Clauses are in order, each once, in a section with a title; the three languages have the same headings."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault, Place
from aftersign.policy.rulebook.sheets import LANGUAGES, Sheet, WrittenClause


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of headings."""
    yield from _numbers(draft)
    yield from _sections(draft)
    for room in draft.rulebook.rooms:
        first, *others = (draft.sheets[language, room] for language in LANGUAGES)
        for clause in first.clauses:
            if not clause.terms:
                yield _at(clause.place, f"clause {clause.number} has no terms")
        for other in others:
            yield from _same_headings(first, other)


def _at(place: Place, reason: str) -> Fault:
    return Fault(place.file, place.line, reason)


def _numbers(draft: Draft) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    latest = ""
    for room in draft.rulebook.rooms:
        for clause in draft.sheets[LANGUAGES[0], room].clauses:
            if (before := first.setdefault(clause.number, clause.place)) != clause.place:
                yield _at(clause.place, f"clause {clause.number} stands twice, first in {before.file}:{before.line}")
            elif latest and _rank(clause.number) <= _rank(latest):
                yield _at(clause.place, f"clause {clause.number} stands after {latest}: clauses are not in order")
            else:
                latest = clause.number


def _rank(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _sections(draft: Draft) -> Iterator[Fault]:
    titled = draft.rulebook.sections
    for clause in draft.rulebook.clauses.values():
        section = clause.number.rpartition(".")[0]
        if section not in titled:
            where = f"{clause.place.file}:{clause.place.line}"
            reason = f"section {section} of clause {clause.number} ({where}) has no title"
            yield draft.edition.fault(reason, "sections")


def _same_headings(first: Sheet, other: Sheet) -> Iterator[Fault]:
    wanted, written = ([clause.number for clause in sheet.clauses] for sheet in (first, other))
    if wanted == written:
        for ours, theirs in zip(first.clauses, other.clauses, strict=True):
            yield from _same_frame(ours, theirs)
        return
    index = next((i for i, pair in enumerate(zip(wanted, written, strict=False)) if pair[0] != pair[1]), -1)
    if index < 0:
        index = min(len(wanted), len(written))
    expected = f"clause {wanted[index]}" if index < len(wanted) else "no further clause"
    place = other.clauses[min(index, len(written) - 1)].place if written else Place(other.file, 1)
    found = f"clause {written[index]} stands" if index < len(written) else "the file ends"
    yield _at(place, f"headings differ: {found} where {first.file} has {expected}")


def _same_frame(ours: WrittenClause, theirs: WrittenClause) -> Iterator[Fault]:
    if ours.ours != theirs.ours:
        yield _at(theirs.place, f"completed_by_us differs from {ours.place.file}:{ours.place.line}")
    for fence in (*theirs.terms, *theirs.params):
        line = fence.source.before
        yield Fault(theirs.place.file, line, f"terms and parameters belong in {ours.place.file}")
