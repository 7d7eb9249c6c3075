"""What has been written into a handover form, read leniently from what a page sends, and how far each part has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import (
    BASIC,
    MATTERS,
    OPEN_QUESTION,
    OWN_FIELDS,
    PRIORITIES,
    REQUIREMENTS,
    ROW_FIELDS,
    ROW_PREFIX,
    Body,
    Content,
    Document,
    Recipient,
    Row,
    Section,
)
from aftersign.chapters.handover.forms import listed
from aftersign.chapters.handover.queries import Receivers
from aftersign.kernel.units import words

LONGEST = 500
WANTED = ("contact", "payment", "delivery_on", "acceptance")
MAIN = {REQUIREMENTS: "statement", MATTERS: "text"}
Sent = Any  # a QueryDict, or a draft in the shape of one


def written(data: Sent, base: Content, *, by: str, receivers: Receivers, rows: Mapping[str, Iterable[str]]) -> Content:
    """The form as somebody called `by` has written it over `base`; `rows` are the prefixes of its rows by part."""
    sections = {name: _section(data, name, section, by, rows.get(name, ())) for name, section in base.sections.items()}
    chosen = {*data.getlist("recipient"), *(pk for pk, (_department, word) in receivers.items() if word)}
    named = {pk: found for pk, found in receivers.items() if pk in chosen}
    return replace(
        base,
        sections=sections,
        documents=_documents(data, base, by),
        recipients=tuple(Recipient(pk, department.name, word) for pk, (department, word) in named.items()),
    )


def progress(content: Content, word: str) -> str:
    """How far a part has come: `todo`, `half` or `done`."""
    section = content.sections[word]
    if not section.is_answered:
        return "todo"
    return "half" if lacking(content, word) or any(map(_is_unfinished, _rows_of(section))) else "done"


def lacking(content: Content, word: str) -> list[str]:
    """What readers will look for in the basic information and not find, in words; nothing else is lacking by itself."""
    body = content.sections[word].body
    if word != BASIC or not isinstance(body, Mapping):
        return []
    return [labels.field(name) for name in WANTED if not body.get(name)]


def _rows_of(section: Section) -> tuple[Row, ...]:
    return section.body if isinstance(section.body, tuple) else ()


def _is_unfinished(row: Row) -> bool:
    main = "statement" if "statement" in row else "text"
    is_open = row.get("nature") == OPEN_QUESTION and not row["owner"]
    return not row[main] or row.get("nature") == "" or is_open


def _section(data: Sent, name: str, old: Section, by: str, rows: Iterable[str]) -> Section:
    section = Section(_body(data, name, old, rows))
    said_none = bool(data.get(f"{name}-none")) and not section.is_filled
    return replace(section, none_by=(old.none_by or by) if said_none else "")


def _body(data: Sent, name: str, old: Section, rows: Iterable[str]) -> Body:
    if name in ROW_FIELDS:
        return tuple(_rows(data, name, old, rows))
    if isinstance(old.body, Mapping):
        return {**old.body, **{key: _line(data, key) for key in OWN_FIELDS}}
    return _line(data, f"{name}-text", 4000)


def _rows(data: Sent, name: str, old: Section, prefixes: Iterable[str]) -> Iterator[Row]:
    prefix = ROW_PREFIX[name]
    last = max((int(row["no"].removeprefix(prefix)) for row in _rows_of(old)), default=0)
    for each in prefixes:
        row = _row(data, name, each)
        if row is None:
            continue
        no = _line(data, f"{each}-no", 10)
        if not re.fullmatch(rf"{prefix}\d{{1,4}}", no):
            last += 1
            no = f"{prefix}{last}"
        yield {"no": no, **row}


def _row(data: Sent, name: str, prefix: str) -> Row | None:
    """One row, None when nothing has been written in it."""
    said: dict[str, str | bool] = {key: _line(data, f"{prefix}-{key}") for key in ROW_FIELDS[name]}
    if not any(said[key] for key in ROW_FIELDS[name] if key not in ("priority", "nature", "key")):
        return None
    if name == REQUIREMENTS:
        said["priority"] = said["priority"] or PRIORITIES[0]
    else:
        said["key"] = bool(said["key"])
    return said


def _documents(data: Sent, base: Content, by: str) -> tuple[Document, ...]:
    files = [_listed(data, each) for each in base.documents if each.sha256]
    present = {each.kind for each in files}
    earlier = {each.kind: each for each in base.documents if not each.sha256}
    nones = []
    for kind in dict.fromkeys((*words.members("other_document_kinds"), *earlier)):
        reason = _line(data, kind, 200)
        if kind not in present and reason:
            old = earlier.get(kind)
            said_before = old.none_by if old and old.none_reason == reason else by
            nones.append(Document(kind, none_reason=reason, none_by=said_before))
    return (*files, *nones)


def _listed(data: Sent, document: Document) -> Document:
    """A paper with what is written beside it; where nothing was sent, as it stood."""
    said = {
        part: str(data.get(listed.name_of(document, part), getattr(document, part))).strip() for part in listed.LONGEST
    }
    copies = said["copies"]
    return replace(
        document,
        version=said["version"],
        copies=int(copies) if copies.isdecimal() and len(copies) < 4 else document.copies,
        holder=said["holder"],
    )


def _line(data: Sent, key: str, longest: int = LONGEST) -> str:
    return str(data.get(key) or "").replace("\r\n", "\n").strip()[:longest]
