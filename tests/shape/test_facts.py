"""Every kind of fact in the code is the one that the default edition describes; the journal's own are in none."""

import dataclasses
import tomllib
import typing
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any
from uuid import UUID

import pytest

from aftersign.kernel.journal.facts import Fact
from aftersign.policy.rulebook import DEFAULT
from tests.product import kinds

FACTS: dict[str, Any] = tomllib.loads((DEFAULT / "facts.toml").read_text(encoding="utf-8"))["facts"]
HEAD = {field.name for field in dataclasses.fields(Fact)}
DESCRIBED = {name: kind for name, kind in kinds().items() if not name.startswith("journal.")}
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "word": (str,), "words": (str,), "document": (str,), "contact": (str,), "yesno": (bool,),
    "number": (int, Decimal), "money": (Decimal,), "percent": (Decimal,), "date": (date,), "time": (datetime,),
    "person": (UUID,), "department": (UUID,), "people": (list,), "departments": (list,), "documents": (list,),
    "table": (list,), "parts": (dict,),
}  # fmt: skip
"""What a payload's type in the edition is in the code."""


def payload_of(kind: type[Fact]) -> dict[str, type]:
    """The keys of a fact's payload with their types, those that may be missing without saying so."""
    hints = typing.get_type_hints(kind)
    return {field.name: bare(hints[field.name]) for field in dataclasses.fields(kind) if field.name not in HEAD}


def bare(hint: Any) -> type:
    """The class behind an annotation: `list` for `list[str] | None`."""
    if NoneType in (either := typing.get_args(hint)):
        hint = next(each for each in either if each is not NoneType)
    return typing.cast(type, typing.get_origin(hint) or hint)


def test_every_kind_is_described() -> None:
    unknown = sorted(DESCRIBED.keys() - FACTS.keys())
    assert not unknown, f"facts.toml of the default edition does not describe {', '.join(unknown)}."


@pytest.mark.parametrize("name", sorted(DESCRIBED))
def test_a_kind_is_as_it_is_described(name: str) -> None:
    kind, said = DESCRIBED[name], FACTS[name]
    assert said["unit"] == kind.UNIT
    assert said.get("seen_by", "team") == kind.SEEN_BY
    assert frozenset(said.get("private", ())) == kind.PRIVATE
    for key, is_a in payload_of(kind).items():
        assert key in said["payload"], f"{name} states {key}, of which facts.toml says nothing."
        expected = TYPES[said["payload"][key].partition(":")[0]]
        assert is_a in expected, f"{name} states {key} as {is_a.__name__}; facts.toml says {said['payload'][key]}."
