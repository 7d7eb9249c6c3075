"""What a room says of its records: by which words they are found, and how a hit looks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.facts import Recorded


@dataclass(frozen=True)
class Content:
    """By which words a record is found.

    Numbers and names by any of their parts, what begins with what was typed first; names of `sounds` also by pinyin
    and initials; `long` texts by what stands in them; `file` is the name and the SHA-256 of a file that is read.
    """

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    file: tuple[str, str] | None = None


@dataclass(frozen=True)
class Hit:
    """A record that was found, as it is shown: what it is called, where its page is, and what says which one it is."""

    kind: str
    id: UUID
    title: str
    address: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of record that is found; groups of hits stand in the order of `order`.

    `ids` are those of all records, the oldest first; `rows` gives the words of some, those that are not to be found
    left out; `hits` says how some are shown; `visible` which an actor may see (None: all of them). `changes` says by
    name of fact which records have changed; `at_once` asks the table of what may be seen itself, for what no reader
    has been told yet.
    """

    name: str
    label: str | Promise
    order: int
    ids: Callable[[], Iterable[UUID]]
    rows: Callable[[Collection[UUID]], Iterable[tuple[UUID, Content]]]
    hits: Callable[[Collection[UUID]], Mapping[UUID, Hit]]
    visible: Callable[[Actor], QuerySet[Any] | None]
    changes: Mapping[str, Callable[[Recorded], Iterable[UUID]]] = field(default_factory=dict)
    at_once: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
