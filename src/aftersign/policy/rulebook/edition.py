"""What `edition.toml` says: the name of the edition, its rooms, and how orders are graded, staged and limited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aftersign.policy.rulebook.model import Grade, Labels, Limit, OrderWide, Stage, StageBeside
from aftersign.policy.rulebook.tables import Table

_KEYS = (
    *("id", "version", "time_zone", "calendar", "title", "rooms", "base_currency"),
    *("grades", "stages", "stages_beside", "limits", "order_wide", "approvers", "sections"),
)
_ROOM = re.compile(r"[a-z][a-z0-9_]*")
# The id and the version name the folder in which a copy of the edition is kept.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SECTION = re.compile(r"[0-9]+\.[0-9]+")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Edition(NamedTuple):
    """The values of `edition.toml`."""

    id: str
    version: str
    time_zone: str
    title: Labels
    base_currency: str
    grades: tuple[Grade, ...]
    stages: tuple[Stage, ...]
    stages_beside: tuple[StageBeside, ...]
    limits: tuple[Limit, ...]
    order_wide: OrderWide
    approvers: dict[str, tuple[str, ...]]
    sections: dict[str, Labels]


def read_rooms(table: Table) -> tuple[str, ...]:
    """The rooms in their order, those that can be a file name, each once."""
    rooms: list[str] = []
    for index, room in enumerate(table.names("rooms", needed=True, single=False)):
        if not _ROOM.fullmatch(room):
            table.refuse(f"'{room}' is no name of a room: small letters, digits and _", "rooms", index)
        elif room in rooms:
            table.refuse(f"room {room} is listed twice", "rooms", index)
        else:
            rooms.append(room)
    return tuple(rooms)


def read_edition(table: Table) -> Edition:
    """All of `edition.toml` but its rooms."""
    table.allow(_KEYS)
    return Edition(
        id=_matching(table, "id", _NAME, "letters, digits and . _ -"),
        version=_matching(table, "version", _NAME, "letters, digits and . _ -"),
        time_zone=table.text("time_zone"),
        title=table.table("title").labels(),
        base_currency=_matching(table, "base_currency", _CURRENCY, "three capital letters"),
        grades=tuple(_grades(table)),
        stages=tuple(_stages(table)),
        stages_beside=tuple(_stages_beside(table)),
        limits=tuple(_limits(table)),
        order_wide=_order_wide(table.table("order_wide")),
        approvers=_approvers(table.table("approvers")),
        sections=dict(_sections(table.table("sections"))),
    )


def _matching(table: Table, key: str, form: re.Pattern[str], wanted: str) -> str:
    text = table.text(key)
    if text and not form.fullmatch(text):
        table.refuse(f"{key} '{text}' is not written in {wanted}", key)
    return text


def _listed(table: Table, key: str) -> Iterator[Table]:
    return table.tables(key) if key in table else iter(())


def _grades(table: Table) -> Iterator[Grade]:
    for one in _listed(table, "grades"):
        one.allow(("grade", "when"))
        yield Grade(one.text("grade"), one.values("when"))


def _stages(table: Table) -> Iterator[Stage]:
    for one in _listed(table, "stages"):
        one.allow(("stage", "reached_by", "facts", "label"))
        reached_by, facts = one.names("reached_by", needed=True), one.names("facts", filled=False)
        yield Stage(one.text("stage"), reached_by, facts, one.table("label").labels())


def _stages_beside(table: Table) -> Iterator[StageBeside]:
    for one in _listed(table, "stages_beside"):
        one.allow(("stage", "from", "to", "to_day", "label"))
        yield StageBeside(
            stage=one.text("stage"),
            from_=one.names("from", needed=True),
            to=one.names("to"),
            to_day=one.text("to_day", needed=False),
            labels=one.table("label").labels(),
        )


def _limits(table: Table) -> Iterator[Limit]:
    for one in _listed(table, "limits"):
        one.allow(("stage", "accepts", "refuses"))
        if "accepts" not in one and "refuses" not in one:
            one.refuse("says neither what the stage accepts nor what it refuses")
        accepts = one.names("accepts", filled=False) if "accepts" in one else None
        yield Limit(one.text("stage"), accepts, one.names("refuses", filled=False))


def _order_wide(table: Table) -> OrderWide:
    table.allow(("pauses", "resumes", "voids", "kept_after_termination"))
    kept = table.names("kept_after_termination", filled=False, single=False)
    return OrderWide(table.text("pauses"), table.text("resumes"), table.text("voids"), frozenset(kept))


def _sections(table: Table) -> Iterator[tuple[str, Labels]]:
    for number, one in table.entries("section"):
        one.allow(("zh_hans", "zh_hant", "en"))
        if not _SECTION.fullmatch(number):
            one.refuse("a section is written N.N")
        yield number, one.labels()


def _approvers(table: Table) -> dict[str, tuple[str, ...]]:
    return {asked: table.names(asked, single=False) for asked in table.written()}
