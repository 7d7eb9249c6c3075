"""Facts: named `room.past_tense`, about declared units, stated by acts, with payloads of known types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftersign.policy.rulebook.draft import NOBODY, Draft
from aftersign.policy.rulebook.model import FactKind, Fault

NAME = re.compile(r"([a-z]+)\.[a-z][a-z_]*")
_SEEN_BY = ("team", "department", "those_concerned", "records", "everyone")
_TYPES = frozenset(
    (
        *("text", "number", "money", "percent", "date", "time", "yesno", "table"),
        *("document", "documents", "person", "people", "contact", "department", "departments"),
    )
)


def is_name(draft: Draft, name: str) -> bool:
    """Whether a name has the form of a fact or act of one of the edition's rooms."""
    match = NAME.fullmatch(name)
    return match is not None and match[1] in draft.spaces


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of facts."""
    for fact in draft.rulebook.facts.values():
        yield from _frame(draft, fact)
        for index, act in enumerate(fact.stated_by):
            if act not in NOBODY and not is_name(draft, act):
                reason = f"stated by '{act}', which is no act room.verb, clock, import or setup"
                yield draft.fault(reason, "fact", fact.name, "stated_by", index)
        for key, payload_type in fact.payload.items():
            if payload_type:
                for reason in _misfits(draft, key, payload_type):
                    yield draft.fault(reason, "fact", fact.name, "payload", key)


def _frame(draft: Draft, fact: FactKind) -> Iterator[Fault]:
    if not is_name(draft, fact.name):
        yield draft.fault("write room.past_tense with a room of the edition", "fact", fact.name)
    if fact.unit and fact.unit not in draft.rulebook.units:
        yield draft.fault(f"unit {fact.unit} is not declared", "fact", fact.name, "unit")
    for index, unit in enumerate(fact.also):
        if unit not in draft.rulebook.units:
            yield draft.fault(f"unit {unit} is not declared", "fact", fact.name, "also", index)
    if fact.seen_by not in _SEEN_BY:
        yield draft.fault(f"seen_by is one of {', '.join(_SEEN_BY)}", "fact", fact.name, "seen_by")
    for key in sorted(fact.private - fact.payload.keys()):
        yield draft.fault(f"private names {key}, which it does not carry", "fact", fact.name, "private")


def _misfits(draft: Draft, key: str, payload_type: str) -> Iterator[str]:
    head, colon, tail = payload_type.partition(":")
    if head == "word":
        for word in tail.split("|"):
            if word not in draft.rulebook.words:
                yield f"word '{word}' of payload {key} has no label in words.toml"
    elif head in ("words", "parts"):
        param = draft.rulebook.params.get(tail.removeprefix("$")) if tail.startswith("$") else None
        if param is None or not isinstance(param.value, tuple):
            yield f"payload {key} needs a declared list parameter, not '{tail}'"
    elif head not in _TYPES or (colon and (head != "number" or not tail)):
        yield f"payload {key} has unknown type '{payload_type}'"
