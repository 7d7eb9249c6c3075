"""What a handover form says, as the exact text that is signed, and how two versions of it differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from aftersign.kernel.journal import canonical

Row = Mapping[str, Any]
Body = str | Mapping[str, str] | tuple[Row, ...]

BASIC = "basic_information"
REQUIREMENTS = "customer_requirements"
MATTERS = "special_matters"
PAPERS = "documents"

# What stands in the order already, and is taken from it whenever the form is submitted.
ORDER_FIELDS = (
    "contract_no",
    "order_kind",
    "customer",
    "credit_code",
    "address",
    "signed_on",
    "amount",
    "currency",
    "tax_rate",
    "delivery_on",
    "sales_owner",
)
# What the giver writes; the first ones are proposed from the order.
OWN_FIELDS = (
    "contact",
    "channel",
    "decision_maker",
    "stakeholders",
    "subject",
    "payment",
    "acceptance",
    "delivery",
    "warranty",
    "invoice",
    "success",
    "penalty",
)
ROW_FIELDS = {
    REQUIREMENTS: ("statement", "source", "priority", "criterion"),
    MATTERS: ("text", "nature", "owner", "key"),
}
ROW_PREFIX = {REQUIREMENTS: "R", MATTERS: "S"}
PRIORITIES = ("must", "should", "wish")
OPEN_QUESTION = "open_question"
NATURES = (
    "promise",
    "assumption",
    "dependency",
    "customer_supplied",
    "sensitivity",
    "concession",
    "risk",
    "confidentiality",
    OPEN_QUESTION,
)


@dataclass(frozen=True)
class Section:
    """One part of the form: its fields, rows or text, or the name of who says that there is nothing to say."""

    body: Body
    none_by: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether something stands in this part."""
        if isinstance(self.body, Mapping):
            return any(self.body.values())
        return bool(self.body)

    @property
    def is_answered(self) -> bool:
        """Whether the part is filled, or somebody has said with their name that there is nothing."""
        return self.is_filled or bool(self.none_by)

    def stated(self) -> str:
        """What a fact says of this part: a digest of its text, or who said none."""
        return canonical.digest(self.body) if self.is_filled else f"none: {self.none_by}"


@dataclass(frozen=True)
class Document:
    """A paper on the list of the form, or the signed reason why there is none of its kind."""

    kind: str
    name: str = ""
    paper: str = ""
    sha256: str = ""
    version: str = ""
    copies: int = 1
    holder: str = ""
    none_reason: str = ""
    none_by: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether there is a file, or a reason and a name for there being none."""
        return bool(self.sha256) or bool(self.none_reason and self.none_by)

    def stated(self) -> str:
        """What a fact says of this kind: the digest of the file, or who said why there is none."""
        return self.sha256 or f"none: {self.none_by}: {self.none_reason}"


@dataclass(frozen=True)
class Recipient:
    """A department that receives a copy; `word` is how the policy demands it, empty for a further one."""

    department: str
    name: str
    word: str = ""


@dataclass(frozen=True)
class Difference:
    """One place in which two versions differ; `item` names it as a return does, `field` what of it."""

    item: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Content:
    """A whole form; `head` names it, its version, its order and its giver."""

    sections: Mapping[str, Section]
    documents: tuple[Document, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The canonical JSON: these very bytes are signed."""
        return canonical.text(asdict(self))

    @property
    def check_value(self) -> str:
        """The SHA-256 of the canonical JSON, in hex."""
        return check_value_of(self.text)

    @property
    def key_points(self) -> tuple[Row, ...]:
        """The special matters that have to be explained one by one."""
        matters = self.sections.get(MATTERS, Section(())).body
        return tuple(row for row in matters if row.get("key")) if isinstance(matters, tuple) else ()

    @property
    def parts(self) -> tuple[str, ...]:
        """What there is to read, by name: the parts, and the list of papers."""
        return (*self.sections, PAPERS)

    def answers(self, word: str) -> bool:
        """Whether the form answers for a part or a kind of document that the policy names."""
        section = self.sections.get(word)
        return section.is_answered if section else any(each.is_answered for each in self.documents if each.kind == word)

    def digests(self, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Digests of the files on the list, of some kinds or of all."""
        return tuple(each.sha256 for each in self.documents if each.sha256 and (not kinds or each.kind in kinds))

    def items(self) -> dict[str, dict[str, str]]:
        """Everything that can be returned or can differ, by reference: its fields as text."""
        found: dict[str, dict[str, str]] = {}
        for name, section in self.sections.items():
            found.update(_items_of(name, section))
        counted: dict[str, int] = {}
        for each in self.documents:
            counted[each.kind] = counted.get(each.kind, 0) + 1
            found[f"documents.{each.kind}.{counted[each.kind]}"] = _document_fields(each)
        return found


def check_value_of(text: str) -> str:
    """The check value of a sealed text."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> Content:
    """A form from its canonical JSON."""
    read = json.loads(text)
    return Content(
        sections={name: Section(_body(each["body"]), each["none_by"]) for name, each in read["sections"].items()},
        documents=tuple(Document(**each) for each in read["documents"]),
        recipients=tuple(Recipient(**each) for each in read["recipients"]),
        head=read["head"],
    )


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Where a new version differs from an old one: what came or went as one line, what changed field by field."""
    before, after = old.items(), new.items()
    found: list[Difference] = []
    for item in dict.fromkeys((*after, *before)):
        found.extend(_compared(item, before.get(item), after.get(item)))
    return tuple(found)


def _compared(item: str, old: dict[str, str] | None, new: dict[str, str] | None) -> Iterator[Difference]:
    if old is None or new is None:
        known = new or old or {}
        main = next(iter(known), "")
        yield Difference(item, main, (old or {}).get(main, ""), (new or {}).get(main, ""))
        return
    for name in dict.fromkeys((*new, *old)):
        if old.get(name, "") != new.get(name, ""):
            yield Difference(item, name, old.get(name, ""), new.get(name, ""))


def _items_of(name: str, section: Section) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    if section.none_by:
        found[name] = {"none": section.none_by}
    if isinstance(section.body, str):
        if section.body:
            found[name] = {"text": section.body}
    elif isinstance(section.body, Mapping):
        found.update({f"{name}.{key}": {key: value} for key, value in section.body.items() if value})
    else:
        for row in section.body:
            found[f"{name}.{row['no']}"] = {key: _text(row[key]) for key in ROW_FIELDS[name] if row.get(key)}
    return found


def _document_fields(document: Document) -> dict[str, str]:
    if not document.sha256:
        return {"none": f"{document.none_reason} ({document.none_by})"}
    said = {"file": f"{document.name} {document.sha256[:12]}", "version": document.version}
    return said | {"copies": str(document.copies), "holder": document.holder}


def _text(value: Any) -> str:
    return "yes" if value is True else str(value)


def _body(value: Any) -> Body:
    return tuple(value) if isinstance(value, list) else value
