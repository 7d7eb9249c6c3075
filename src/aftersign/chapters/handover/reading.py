"""A sealed form as people read it: parts with titles, labelled places, and marks where it has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import BASIC, MATTERS, OPEN_QUESTION, Content, Difference, Document, Section
from aftersign.chapters.handover.models import ReturnItem

# The order in which basic information is read.
SHOWN = (
    "contract_no",
    "order_kind",
    "customer",
    "credit_code",
    "signed_on",
    "sales_owner",
    "address",
    "contact",
    "channel",
    "decision_maker",
    "stakeholders",
    "subject",
    "amount",
    "delivery_on",
    "payment",
    "invoice",
    "delivery",
    "warranty",
    "acceptance",
    "success",
    "penalty",
)
WIDE = frozenset({"address", "subject", "delivery", "acceptance", "success", "penalty", "stakeholders"})


@dataclass(frozen=True)
class Cell:
    """One field with its label; an amount comes with its currency and tax rate."""

    name: str
    label: str
    value: str
    wide: bool = False
    changed: bool = False
    amount: Decimal | None = None
    currency: str = ""
    tax_rate: str = ""


@dataclass(frozen=True)
class Line:
    """One row: its number, what its fields say in the reader's language, and which of them have changed."""

    item: str
    no: str
    said: Mapping[str, str]
    changed: frozenset[str]
    key_number: int = 0


@dataclass(frozen=True)
class Paper:
    """One line of the list of papers."""

    item: str
    label: str
    document: Document
    changed: bool


@dataclass(frozen=True)
class Part:
    """A part of the form with its ordinal and title."""

    word: str
    ordinal: str
    title: str
    none_by: str
    cells: Sequence[Cell] = ()
    lines: Sequence[Line] = ()
    text: str = ""


@dataclass(frozen=True)
class Change:
    """A difference as people read it, with the reason for which it was asked and the answer to that."""

    item: str
    label: str
    field: str
    old: str
    new: str
    returned: ReturnItem | None = None


def parts(content: Content, changed: Iterable[Difference] = ()) -> list[Part]:
    """The parts of a form in their order, with what has changed marked."""
    marks = _marks(changed)
    return [_part(name, section, at, marks) for at, (name, section) in enumerate(content.sections.items(), start=1)]


def papers(content: Content, changed: Iterable[Difference] = ()) -> list[Paper]:
    """The list of papers, each with its kind, in the order of the form."""
    marks, counted, found = _marks(changed), dict[str, int](), []
    for each in content.documents:
        counted[each.kind] = counted.get(each.kind, 0) + 1
        item = f"documents.{each.kind}.{counted[each.kind]}"
        found.append(Paper(item, labels.word(each.kind), each, item in marks))
    return found


def changes(found: Iterable[Difference], returned: Iterable[ReturnItem], *forms: Content) -> list[Change]:
    """Differences in words, each with the return that asked for it, if one did; `forms` are what was compared."""
    asked = {row.item: row for row in returned}
    named = {name: label for form in forms for name, label in _natures(form).items()}
    return [_change(each, asked, named) for each in found]


def points(content: Content) -> list[Line]:
    """The key points, numbered for the receiver."""
    return [line for part in parts(content) if part.word == MATTERS for line in part.lines if line.key_number]


def cells(name: str, body: Mapping[str, str], marks: Mapping[str, frozenset[str]] | None = None) -> list[Cell]:
    """The fields of a part that say something, with their labels, in the order in which they are read."""
    order = SHOWN if name == BASIC else tuple(body)
    return [
        Cell(
            name=key,
            label=labels.field(key),
            value=labels.value(key, body[key]),
            wide=key in WIDE,
            changed=f"{name}.{key}" in (marks or {}),
            **(_sum(body) if key == "amount" else {}),
        )
        for key in order
        if body.get(key)
    ]


def papers_ordinal(content: Content) -> str:
    """The number before the title of the list of papers, which stands after the parts."""
    return labels.ordinal(len(content.sections) + 1)


def _marks(changed: Iterable[Difference]) -> dict[str, frozenset[str]]:
    marks: dict[str, frozenset[str]] = {}
    for each in changed:
        marks[each.item] = marks.get(each.item, frozenset()) | {each.field}
    return marks


def _part(name: str, section: Section, at: int, marks: Mapping[str, frozenset[str]]) -> Part:
    body = section.body
    return Part(
        word=name,
        ordinal=labels.ordinal(at),
        title=labels.word(name),
        none_by=section.none_by,
        cells=cells(name, body, marks) if isinstance(body, Mapping) else (),
        lines=_lines(name, body, marks) if isinstance(body, tuple) else (),
        text=body if isinstance(body, str) else "",
    )


def _sum(body: Mapping[str, str]) -> dict[str, Any]:
    rate = body.get("tax_rate", "")
    shown = f"{Decimal(rate).normalize():f}" if rate else ""
    return {"amount": Decimal(body["amount"]), "currency": body.get("currency", ""), "tax_rate": shown}


def _lines(name: str, rows: Iterable[Mapping[str, Any]], marks: Mapping[str, frozenset[str]]) -> list[Line]:
    found, keys = [], 0
    for row in rows:
        keys += bool(row.get("key"))
        item = f"{name}.{row['no']}"
        said = {key: labels.value(key, value) for key, value in row.items() if isinstance(value, str)}
        if row.get("nature") != OPEN_QUESTION:
            said["owner"] = ""
        found.append(Line(item, row["no"], said, marks.get(item, frozenset()), keys if row.get("key") else 0))
    return found


def _natures(form: Content) -> dict[str, str]:
    """What special matters are called when they are compared: by their nature, which says more than a number."""
    body = form.sections.get(MATTERS, Section(())).body
    rows = body if isinstance(body, tuple) else ()
    return {f"{MATTERS}.{row['no']}": labels.value("nature", row["nature"]) for row in rows if row.get("nature")}


def _change(difference: Difference, asked: Mapping[str, ReturnItem], named: Mapping[str, str]) -> Change:
    part = difference.item.partition(".")[0]
    label, name = named.get(difference.item) or labels.item(difference.item), labels.field(difference.field)
    return Change(
        item=difference.item,
        label=label,
        field="" if name == label or difference.field in ("statement", "text", "file") else name,
        old=labels.value(difference.field, difference.old),
        new=labels.value(difference.field, difference.new),
        returned=asked.get(difference.item) or asked.get(part),
    )
