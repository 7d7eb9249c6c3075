"""Kinds of facts as rooms declare them: typed values whose classes name what can be stated."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model

_kinds: dict[str, type[Fact]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that has happened to a unit; a subclass per kind of fact, its fields are the payload.

    `about` is the unit; `at` the moment of the event (None: now); `carries` further ids by kind of unit; `files` the
    SHA-256 digests of files that belong to it. A field that is None is not stated.
    """

    about: Model
    at: datetime | None = None
    carries: dict[str, str] | None = None
    files: tuple[str, ...] = ()

    FACT: ClassVar[str]
    UNIT: ClassVar[str]
    PRIVATE: ClassVar[frozenset[str]]
    SEEN_BY: ClassVar[str]

    def __init_subclass__(
        cls, *, name: str, unit: str, private: tuple[str, ...] = (), seen_by: str = "team", **kwargs: Any
    ) -> None:
        super().__init_subclass__(**kwargs)
        if name in _kinds:
            raise ValueError(f"fact {name} is declared twice")
        cls.FACT, cls.UNIT, cls.PRIVATE, cls.SEEN_BY = name, unit, frozenset(private), seen_by
        _kinds[name] = cls

    def payload(self) -> dict[str, Any]:
        """What the fact says, without the values that are not given."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _HEAD}
        return {key: value for key, value in own.items() if value is not None}


_HEAD = frozenset({"about", "at", "carries", "files"})


@dataclass(frozen=True)
class Recorded:
    """A fact read back from the journal, with its private values joined where they have not been erased."""

    sequence: int
    id: UUID
    name: str
    unit: str
    unit_id: str
    units: dict[str, str]
    order_id: UUID | None
    at: datetime
    entered: datetime
    actor_kind: str
    actor_id: UUID | None
    on_behalf_of: UUID | None
    payload: dict[str, Any]
    files: list[str]
    seen: int
    hash: str


def kinds() -> dict[str, type[Fact]]:
    """All declared kinds of facts by name."""
    return dict(_kinds)
