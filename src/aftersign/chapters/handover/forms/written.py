"""What has been written into a handover form: read from what a page sends, and looked over for gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import (
    BASIC,
    MATTERS,
    NATURES,
    OPEN_QUESTION,
    OWN_FIELDS,
    PRIORITIES,
    REQUIREMENTS,
    ROW_FIELDS,
    ROW_PREFIX,
    Content,
    Document,
    Recipient,
    Row,
    Section,
)
from aftersign.kernel.org.models import Department
from aftersign.kernel.units import words

LONGEST = 500
WANTED = ("contact", "payment", "delivery_on", "acceptance")
MAIN = {REQUIREMENTS: "statement", MATTERS: "text"}


@dataclass(frozen=True)
class Gap:
    """Something that has to be put right before the form can be signed: where on the page, and what to do."""

    anchor: str
    sentence: str


def written(data: QueryDict, base: Content, *, name: str, recipients: Mapping[str, tuple[Department, str]]) -> Content:
    """The form as somebody called `name` has written it over `base`, from the fields of the page.

    `recipients` are the departments that may receive a copy, by id, each with the policy's word for it or none.
    """
    sections = {each: _section(data, each, section, name) for each, section in base.sections.items()}
    chosen = {*data.getlist("recipient"), *(pk for pk, (_department, word) in recipients.items() if word)}
    return replace(
        base,
        sections=sections,
        documents=_documents(data, base, name),
        recipients=tuple(
            Recipient(pk, department.name, word) for pk, (department, word) in recipients.items() if pk in chosen
        ),
    )


def gaps(content: Content) -> list[Gap]:
    """Rows begun and not finished: what the policy asks of whole parts it says itself."""
    return [gap for name, section in content.sections.items() for gap in _gaps_of(name, section)]


def progress(content: Content, word: str) -> str:
    """How far a part has come: `todo`, `half` or `done`."""
    section = content.sections[word]
    if not section.is_answered:
        return "todo"
    return "half" if lacking(content, word) or list(_gaps_of(word, section)) else "done"


def lacking(content: Content, word: str) -> list[str]:
    """What readers will look for in the basic information and not find, in words; nothing else is lacking by itself."""
    body = content.sections[word].body
    if word != BASIC or not isinstance(body, Mapping):
        return []
    return [labels.field(name) for name in WANTED if not body.get(name)]


def _section(data: QueryDict, name: str, old: Section, by: str) -> Section:
    section = Section(_body(data, name, old))
    said_none = bool(data.get(f"{name}-none")) and not section.is_filled
    return replace(section, none_by=(old.none_by or by) if said_none else "")


def _body(data: QueryDict, name: str, old: Section) -> str | dict[str, str] | tuple[Row, ...]:
    if name in ROW_FIELDS:
        return tuple(_rows(data, name, old))
    if isinstance(old.body, Mapping):
        own = {key: _line(data, f"{name}-{key}") for key in OWN_FIELDS}
        return {**old.body, **own}
    return _line(data, f"{name}-text", 4000)


def _rows(data: QueryDict, name: str, old: Section) -> Iterator[Row]:
    main, prefix = MAIN[name], ROW_PREFIX[name]
    before = old.body if isinstance(old.body, tuple) else ()
    last = max((int(row["no"].removeprefix(prefix)) for row in before), default=0)
    for key in data:
        found = re.fullmatch(rf"{name}-(\w+)-{main}", key)
        row = _row(data, name, found[1]) if found else None
        if row is None or found is None:
            continue
        no = found[1]
        if not re.fullmatch(rf"{prefix}\d+", no):
            last += 1
            no = f"{prefix}{last}"
        yield {"no": no, **row}


def _row(data: QueryDict, name: str, no: str) -> Row | None:
    """One row, None when nothing has been written in it."""
    said: dict[str, str | bool] = {key: _line(data, f"{name}-{no}-{key}") for key in ROW_FIELDS[name]}
    if not any(said[key] for key in ROW_FIELDS[name] if key not in ("priority", "nature", "key")):
        return None
    if name == REQUIREMENTS:
        said["priority"] = said["priority"] if said["priority"] in PRIORITIES else PRIORITIES[0]
    else:
        said["nature"] = said["nature"] if said["nature"] in NATURES else ""
        said["key"] = bool(said["key"])
    return said


def _documents(data: QueryDict, base: Content, by: str) -> tuple[Document, ...]:
    files = [_listed(data, each) for each in base.documents if each.sha256]
    present = {each.kind for each in files}
    earlier = {each.kind: each for each in base.documents if not each.sha256}
    nones = []
    for kind in dict.fromkeys((*words.members("other_document_kinds"), *earlier)):
        reason = _line(data, f"none-{kind}", 200)
        if kind not in present and reason:
            old = earlier.get(kind)
            said_before = old.none_by if old and old.none_reason == reason else by
            nones.append(Document(kind, none_reason=reason, none_by=said_before))
    return (*files, *nones)


def _listed(data: QueryDict, document: Document) -> Document:
    copies = data.get(f"paper-{document.paper}-copies", "")
    return replace(
        document,
        version=_line(data, f"paper-{document.paper}-version", 20) or document.version,
        copies=int(copies) if copies.isdecimal() and 0 < int(copies) < 1000 else document.copies,
        holder=_line(data, f"paper-{document.paper}-holder", 60),
    )


def _line(data: QueryDict, key: str, longest: int = LONGEST) -> str:
    return data.get(key, "").replace("\r\n", "\n").strip()[:longest]


def _gaps_of(name: str, section: Section) -> Iterator[Gap]:
    for row in section.body if isinstance(section.body, tuple) else ():
        at = f"{name}-{row['no']}"
        if not row[MAIN[name]]:
            what = _("Write the requirement %(no)s.") if name == REQUIREMENTS else _("Write the special matter %(no)s.")
            yield Gap(f"{at}-{MAIN[name]}", what % {"no": row["no"]})
        if name == MATTERS and not row["nature"]:
            yield Gap(f"{at}-nature", _("Choose what kind of matter %(no)s is.") % {"no": row["no"]})
        if row.get("nature") == OPEN_QUESTION and not row["owner"]:
            yield Gap(f"{at}-owner", _("Name who owns the open question %(no)s.") % {"no": row["no"]})
