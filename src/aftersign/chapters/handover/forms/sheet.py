"""The form as it lies on the desk: its parts with their fields, rows, and what was returned about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.forms import BoundField, Field, Form

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import OWN_FIELDS, Content, Document, Section
from aftersign.chapters.handover.forms.listed import LONGEST, name_of
from aftersign.chapters.handover.forms.written import lacking, progress
from aftersign.chapters.handover.models import ReturnItem
from aftersign.chapters.handover.queries import CONTRACT
from aftersign.chapters.handover.reading import Cell, cells
from aftersign.kernel.shell.rows import Rows
from aftersign.kernel.units import words

LONG = frozenset({"subject", "payment", "acceptance"})


@dataclass(frozen=True)
class Answering:
    """Something that was returned, and the field for the answer to it, if the form has one."""

    row: ReturnItem
    field: BoundField | None


Asked = Mapping[str, Sequence[Answering]]


class Filling(Protocol):
    """What a form must show to be laid out: its fields, its tables and the content so far."""

    content: Content
    rows: dict[str, Rows]
    fields: dict[str, Field]

    def __getitem__(self, name: str) -> BoundField: ...


@dataclass(frozen=True)
class Place:
    """One field to write in, and what was returned about it."""

    field: BoundField
    is_long: bool
    asked: Sequence[Answering]


@dataclass(frozen=True)
class Entry:
    """One row to write in, and what was returned about it."""

    form: Form
    asked: Sequence[Answering]


@dataclass(frozen=True)
class Sheet:
    """One part of the form to write in, and how far it has come."""

    word: str
    ordinal: str
    title: str
    progress: str
    lacking: Sequence[str]
    none_by: str
    asked: Sequence[Answering]
    none: BoundField | None = None
    text: BoundField | None = None
    known: Sequence[Cell] = ()
    places: Sequence[Place] = ()
    rows: Rows | None = None
    entries: Sequence[Entry] = ()


@dataclass(frozen=True)
class Listed:
    """One paper on the list, with the fields of what is written beside it."""

    document: Document
    label: str
    asked: Sequence[Answering]
    version: BoundField
    copies: BoundField
    holder: BoundField


@dataclass(frozen=True)
class Wanting:
    """A kind of paper of which there is no file: the reason for that, and whether a reason is enough."""

    kind: str
    label: str
    reason: str
    by: str
    may_be_none: bool


@dataclass(frozen=True)
class Papers:
    """The list of papers: those that are there, the kinds that are not, and the kinds to choose from."""

    ordinal: str
    listed: Sequence[Listed]
    wanting: Sequence[Wanting]
    has_requirement: bool
    kinds: Sequence[tuple[str, str]]

    @property
    def progress(self) -> str:
        """How far the list has come: `todo`, `half` or `done`."""
        if self.has_requirement and all(each.may_be_none and each.reason for each in self.wanting):
            return "done"
        return "half" if self.listed else "todo"


def sheets(form: Filling, asked: Asked) -> list[Sheet]:
    """The parts of a form that is being filled in."""
    sections = enumerate(form.content.sections.items(), start=1)
    return [_sheet(form, name, section, at, asked) for at, (name, section) in sections]


def paper_list(form: Filling, asked: Asked) -> Papers:
    """The list of papers as it stands, and the kinds that the policy asks for."""
    content = form.content
    requirement, other = words.members("requirement_document_kinds"), words.members("other_document_kinds")
    present = {each.kind for each in content.documents if each.sha256}
    nones = {each.kind: each for each in content.documents if not each.sha256}
    wanted = [] if CONTRACT in present else [_wanting(CONTRACT, None, may_be_none=False)]
    wanted += [_wanting(kind, nones.get(kind), may_be_none=True) for kind in other if kind not in present]
    first = [] if present.intersection(requirement) else requirement
    first = [*first, *(each.kind for each in wanted if not each.reason)]
    return Papers(
        ordinal=labels.ordinal(len(content.sections) + 1),
        listed=_listed(form, asked),
        wanting=wanted,
        has_requirement=bool(present.intersection(requirement)),
        kinds=[(kind, labels.word(kind)) for kind in dict.fromkeys((*first, *requirement, CONTRACT, *other))],
    )


def answering(form: Filling, rows: Iterable[ReturnItem]) -> dict[str, list[Answering]]:
    """What was returned, by the place in the form that it is about."""
    found: dict[str, list[Answering]] = {}
    for row in rows:
        name = f"answer-{row.pk}"
        field = form[name] if name in form.fields else None
        found.setdefault(row.item, []).append(Answering(row, field))
    return found


def _sheet(form: Filling, name: str, section: Section, at: int, asked: Asked) -> Sheet:
    body = section.body if isinstance(section.body, Mapping) else None
    table = form.rows.get(name)
    return Sheet(
        word=name,
        ordinal=labels.ordinal(at),
        title=labels.word(name),
        progress=progress(form.content, name),
        lacking=lacking(form.content, name),
        none_by=section.none_by,
        asked=asked.get(name, ()),
        none=form[f"{name}-none"] if body is None else None,
        text=form[f"{name}-text"] if isinstance(section.body, str) else None,
        known=cells(name, {key: said for key, said in body.items() if key not in OWN_FIELDS}) if body else (),
        places=[Place(form[key], key in LONG, asked.get(f"{name}.{key}", ())) for key in OWN_FIELDS] if body else (),
        rows=table,
        entries=[_entry(name, row, asked) for row in table.forms] if table else (),
    )


def _entry(name: str, row: Form, asked: Asked) -> Entry:
    return Entry(row, asked.get(f"{name}.{row['no'].value() or ''}", ()))


def _listed(form: Filling, asked: Asked) -> list[Listed]:
    counted: dict[str, int] = {}
    found = []
    for each in form.content.documents:
        counted[each.kind] = counted.get(each.kind, 0) + 1
        if each.sha256:
            said = asked.get(f"documents.{each.kind}.{counted[each.kind]}", ())
            fields = (form[name_of(each, part)] for part in LONGEST)
            found.append(Listed(each, labels.word(each.kind), said, *fields))
    return found


def _wanting(kind: str, said: Document | None, *, may_be_none: bool) -> Wanting:
    reason, by = (said.none_reason, said.none_by) if said else ("", "")
    return Wanting(kind, labels.word(kind), reason, by, may_be_none)
