"""Clauses with their terms and parameters, put together from the sheets of three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import cast

from aftersign.policy.rulebook.declarations import Shelf
from aftersign.policy.rulebook.kinds import EVERY_KIND, KINDS
from aftersign.policy.rulebook.model import Clause, Fault, Labels, Param, Term, TermKind, Value
from aftersign.policy.rulebook.sheets import LANGUAGES, Sheet, WrittenClause
from aftersign.policy.rulebook.tables import Table

_STEP = re.compile(r"(\+\S+) (\w+)")

Sheets = Mapping[tuple[str, str], Sheet]


class ClauseReader:
    """Reads all clauses of a rulebook; tables of terms and parameters go to the shelf, what is wrong to the faults."""

    def __init__(self, rooms: tuple[str, ...], sheets: Sheets, shelf: Shelf, faults: list[Fault]) -> None:
        self._rooms = rooms
        self._sheets = sheets
        self._shelf = shelf
        self._faults = faults

    def chapters(self) -> dict[str, Labels]:
        """The chapter headings by room."""
        return {room: Labels(*(self._sheets[language, room].title for language in LANGUAGES)) for room in self._rooms}

    def clauses(self) -> dict[str, Clause]:
        """The clauses by number, in the order of the edition."""
        return {clause.number: clause for room in self._rooms for clause in self._clauses_of(room)}

    def _clauses_of(self, room: str) -> Iterator[Clause]:
        written = [{one.number: one for one in self._sheets[language, room].clauses} for language in LANGUAGES]
        for clause in self._sheets[LANGUAGES[0], room].clauses:
            same = [clause, *(other.get(clause.number) for other in written[1:])]
            yield Clause(
                number=clause.number,
                room=room,
                title=Labels(*(one.title if one else "" for one in same)),
                text=Labels(*(one.sentence if one else "" for one in same)),
                ours=clause.ours,
                terms=tuple(self._terms(clause, room)),
                params=tuple(self._params(clause)),
                place=clause.place,
            )

    def _terms(self, clause: WrittenClause, room: str) -> Iterator[Term]:
        for index, fence in enumerate(clause.terms):
            letter = ascii_lowercase[index : index + 1]
            name = f"{clause.number}.{letter}"
            table = Table(fence.source, fence.values, self._faults, what=name, home=("kind",))
            if not letter:
                table.refuse(f"a clause has {len(ascii_lowercase)} terms at most")
            elif table.text("id", needed=False) != letter:
                table.refuse(f"term id must be '{letter}'", "id")
            kind = table.text("kind")
            if kind in KINDS:
                self._shelf["term", name] = table
                _refuse_keys(table, kind)
                yield read_term(table, name, clause.number, room, cast(TermKind, kind))
                continue
            table.allow({key for known in KINDS.values() for key in (*known.must, *known.may, *EVERY_KIND)})
            if kind:
                table.refuse(f"unknown kind '{kind}'; there are {', '.join(KINDS)}", "kind")

    def _params(self, clause: WrittenClause) -> Iterator[Param]:
        for fence in clause.params:
            for name, table in Table(fence.source, fence.values, self._faults).entries("parameter"):
                if ("param", name) in self._shelf:
                    first = self._shelf["param", name].place()
                    table.refuse(f"is declared twice, first in {first.file}:{first.line}")
                else:
                    self._shelf["param", name] = table
                    yield read_param(table, name, clause.number)


def read_term(table: Table, name: str, clause: str, room: str, kind: TermKind) -> Term:
    """One term, its keys as its kind has them."""
    return Term(
        id=name,
        clause=clause,
        room=room,
        kind=kind,
        per=table.text("per", needed=False),
        severity=table.text("severity", needed=False),
        opens=table.names("opens"),
        closes=table.names("closes"),
        until=table.names("until"),
        pauses=table.names("pauses"),
        resumes=table.names("resumes"),
        voids=table.names("voids"),
        owner=table.text("owner", needed=False),
        within=table.text("within", needed=False),
        every=table.text("every", needed=False),
        grace=table.text("grace", needed=False),
        evidence=_keys_or_param(table, "evidence"),
        tells=table.names("tells"),
        escalates=tuple(_steps(table)),
        where=table.values("where"),
        only=table.values("only"),
        act=_acts(table, kind),
        unless=table.names("unless"),
        check=table.text("check", needed=False),
        parts=_keys_or_param(table, "parts"),
        firm=table.flag("firm"),
        breach=table.names("breach"),
        derived="derived" in table,
        from_=table.names("from", single=False),
        target=table.value("target"),
        shows=table.names("shows"),
        place=table.top(),
    )


def _refuse_keys(table: Table, kind: str) -> None:
    must, may = KINDS[kind]
    for key in must:
        if key not in table:
            table.refuse(f"a {kind} must have {key}")
    table.allow((*must, *may, *EVERY_KIND))
    if "derived" in table and not table.flag("derived"):
        table.refuse("derived is true or absent", "derived")


def _acts(table: Table, kind: str) -> tuple[str, ...]:
    """Only a content is about one act alone: its parts are those of the facts which that act states."""
    if kind != "content":
        return table.names("act")
    act = table.text("act", needed=False)
    return (act,) if act else ()


def _keys_or_param(table: Table, key: str) -> tuple[str, ...] | str:
    """A list of payload keys, or `$name` for a list parameter."""
    value = table.value(key)
    return value if isinstance(value, str) else table.names(key, single=False)


def _steps(table: Table) -> Iterator[tuple[str, str]]:
    for index, written in enumerate(table.names("escalates")):
        if step := _STEP.fullmatch(written):
            yield step[1], step[2]
        else:
            table.refuse(f"escalation '{written}' is not '+DURATION role'", "escalates", index)


def read_param(table: Table, name: str, clause: str) -> Param:
    """One parameter."""
    table.allow(("value", "min", "max", "basis", "by", "zh", "zh_hant", "en"))
    value = table.value("value", needed=True)
    if value == "":
        table.refuse("value is empty", "value")
    by: dict[str, Mapping[str, Value]] = {}
    whole = table.table("by", needed=False)
    for key in whole.written():
        by[key] = whole.values(key)
    return Param(
        name=name,
        clause=clause,
        value="" if value is None else value,
        min=table.value("min"),
        max=table.value("max"),
        basis=table.text("basis"),
        by=by,
        labels=table.labels("zh"),
        place=table.place(),
    )
