"""In what two rulebooks differ: clauses, their terms and parameters, and everything else that they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from aftersign.policy.rulebook import Clause, Labels, Param, Place, Rulebook, Term

Kind = Literal["added", "dropped", "renumbered", "changed"]
ALIKE = 0.6
"""From which likeness of their texts on a clause that is gone and one that is new are one, with another number."""
_NOWHERE = Place("", 0)


@dataclass(frozen=True)
class TermChange:
    """A term that is new, gone or says something else."""

    old: Term | None
    new: Term | None


@dataclass(frozen=True)
class ParamChange:
    """A parameter that is new, gone or has another value, range or name."""

    old: Param | None
    new: Param | None


@dataclass(frozen=True)
class ClauseChange:
    """A clause that is new, gone, has another number or says something else."""

    old: Clause | None
    new: Clause | None
    terms: tuple[TermChange, ...] = ()
    params: tuple[ParamChange, ...] = ()

    @property
    def kind(self) -> Kind:
        """What happened to the clause as a whole."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "renumbered" if self.old.number != self.new.number else "changed"

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or as it was where it is gone; raises `ValueError` where there is neither."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change is of some clause")
        return found

    @property
    def has_other_words(self) -> bool:
        """Whether its title or text differs in some language."""
        return self.old is not None and self.new is not None and _words(self.old) != _words(self.new)


@dataclass(frozen=True)
class OtherChange:
    """What else differs, by sort: names that are new, gone or say something else."""

    sort: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """Everything in which a rulebook differs from another."""

    clauses: tuple[ClauseChange, ...]
    others: tuple[OtherChange, ...]

    def __bool__(self) -> bool:
        return bool(self.clauses or self.others)

    @property
    def params(self) -> tuple[ParamChange, ...]:
        """The parameters of all clauses that differ."""
        return tuple(param for clause in self.clauses for param in clause.params)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The differences as the fact of a draft lists them."""
        return [row for change in self.clauses for row in _rows_of(change)] + [
            {"what": other.sort, "name": name, "change": change}
            for other in self.others
            for change, names in (("added", other.added), ("dropped", other.dropped), ("changed", other.changed))
            for name in names
        ]


def differences(old: Rulebook, new: Rulebook) -> Differences:
    """In what a rulebook differs from an older one; its version is left out."""
    pairs = _pairs(old, new)
    found = (_clause_change(before, after) for before, after in pairs)
    return Differences(tuple(each for each in found if each is not None), tuple(_others(old, new)))


def terms_ended(old: Rulebook, new: Rulebook) -> list[str]:
    """The cycles of an old edition that the new one no longer has."""
    return sorted(name for name, term in old.terms.items() if term.kind == "cycle" and name not in new.terms)


def _pairs(old: Rulebook, new: Rulebook) -> list[tuple[Clause | None, Clause | None]]:
    """Clauses side by side in the order of the new rulebook, those that are gone after the one they stood behind."""
    gone = {number: clause for number, clause in old.clauses.items() if number not in new.clauses}
    moved: dict[str, Clause] = {}
    for number, clause in new.clauses.items():
        if number not in old.clauses and (found := _likest(clause, gone)):
            moved[number] = gone.pop(found.number)
    pairs: list[tuple[Clause | None, Clause | None]] = [
        (old.clauses.get(number) or moved.get(number), clause) for number, clause in new.clauses.items()
    ]
    places = {number: place for place, number in enumerate(old.clauses)}
    for number, clause in gone.items():
        before = [at for at, (was, _now) in enumerate(pairs) if was and places[was.number] < places[number]]
        pairs.insert(before[-1] + 1 if before else 0, (clause, None))
    return pairs


def _likest(clause: Clause, among: Mapping[str, Clause]) -> Clause | None:
    likeness = {each.number: _likeness(each, clause) for each in among.values()}
    best = max(likeness, key=lambda number: likeness[number], default="")
    return among[best] if best and likeness[best] >= ALIKE else None


def _likeness(one: Clause, other: Clause) -> float:
    return SequenceMatcher(None, one.text.zh_hans, other.text.zh_hans, autojunk=False).ratio()


def _clause_change(old: Clause | None, new: Clause | None) -> ClauseChange | None:
    """The change of a clause, None where nothing differs."""
    terms = tuple(
        TermChange(before, after)
        for before, after in _by_name(_letters(old), _letters(new))
        if before is None or after is None or _bare(before) != _bare(after)
    )
    params = tuple(
        ParamChange(before, after)
        for before, after in _by_name(_params(old), _params(new))
        if before is None or after is None or _value(before) != _value(after)
    )
    change = ClauseChange(old, new, terms, params)
    return change if change.kind != "changed" or terms or params or change.has_other_words else None


def _by_name(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    for name in dict.fromkeys((*old, *new)):
        yield old.get(name), new.get(name)


def _letters(clause: Clause | None) -> dict[str, Term]:
    return {term.id.rpartition(".")[2]: term for term in clause.terms} if clause else {}


def _params(clause: Clause | None) -> dict[str, Param]:
    return {param.name: param for param in clause.params} if clause else {}


def _bare(term: Term) -> Term:
    """A term without its place and number."""
    return replace(term, id="", clause="", room="", place=_NOWHERE)


def _value(param: Param) -> Param:
    """A parameter without its place, and without where its value comes from."""
    return replace(param, clause="", basis="", place=_NOWHERE)


def _words(clause: Clause) -> tuple[Labels, Labels]:
    return clause.title, clause.text


_OTHERS: dict[str, Callable[[Rulebook], Mapping[str, Any]]] = {
    "grade": lambda book: {f"{at} {each.grade}": each for at, each in enumerate(book.grades, 1)},
    "stage": lambda book: (
        {each.stage: each for each in book.stages} | {each.stage: each for each in book.stages_beside}
    ),
    "limit": lambda book: {each.stage: each for each in book.limits},
    "order_wide": lambda book: {
        name: getattr(book.order_wide, name) for name in ("pauses", "resumes", "voids", "kept_after_termination")
    },
    "approvers": lambda book: book.approvers,
    "role": lambda book: book.roles,
    "check": lambda book: book.checks,
    "fact": lambda book: book.facts,
    "act": lambda book: book.acts,
    "unit": lambda book: book.units,
    "word": lambda book: book.words,
    "section": lambda book: book.sections,
    "chapter": lambda book: book.chapters,
    "edition": lambda book: {name: getattr(book, name) for name in ("id", "time_zone", "title", "base_currency")},
}


def _others(old: Rulebook, new: Rulebook) -> Iterator[OtherChange]:
    for sort, read in _OTHERS.items():
        before, after = read(old), read(new)
        change = OtherChange(
            sort,
            tuple(name for name in after if name not in before),
            tuple(name for name in before if name not in after),
            tuple(name for name in after if name in before and before[name] != after[name]),
        )
        if change.added or change.dropped or change.changed:
            yield change


def _rows_of(change: ClauseChange) -> Iterator[dict[str, str]]:
    number = change.clause.number
    if change.kind != "changed":
        was = {"old": change.old.number} if change.kind == "renumbered" and change.old else {}
        yield {"what": "clause", "name": number, "change": change.kind, **was}
    if change.kind in ("added", "dropped"):
        return
    if change.has_other_words:
        yield {"what": "text", "name": number, "change": "changed"}
    for term in change.terms:
        one = term.new or term.old
        yield {"what": "term", "name": one.id if one else "", "change": _kind(term)}
    for param in change.params:
        said = param.new or param.old
        values = {"old": _said(param.old), "new": _said(param.new)}
        yield {"what": "parameter", "name": said.name if said else "", "change": _kind(param), **values}


def _kind(change: TermChange | ParamChange) -> str:
    return "added" if change.old is None else "dropped" if change.new is None else "changed"


def _said(param: Param | None) -> str:
    if param is None:
        return ""
    return " ".join(param.value) if isinstance(param.value, tuple) else str(param.value)
