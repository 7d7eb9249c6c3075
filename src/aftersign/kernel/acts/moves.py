"""States of records as tables of legal moves; any other move raises."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Protocol

from django.utils.translation import gettext as _

from aftersign.kernel.acts.refusals import Refused


class Moving(Protocol):
    """Whatever has a state and a table of its legal moves."""

    state: str
    MOVES: ClassVar[frozenset[tuple[str, str]]]


class IllegalMove(Refused):
    """Something was asked of a record that its state no longer allows; it is refused like any other act."""


def move(record: Moving, to: str) -> None:
    """Put a record into another state; raises `IllegalMove` when the table has no such move."""
    move_by(record.MOVES, record, to)


def move_by(moves: Collection[tuple[str, str]], record: Moving, to: str) -> None:
    """The same by another table than the record's own."""
    if (record.state, to) not in moves:
        sentence = _("This is no longer possible here. Open the page again and see how things stand.")
        raise IllegalMove.because(sentence, check="state")
    record.state = to
