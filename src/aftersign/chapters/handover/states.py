"""What may happen to a form and to a copy of it: the legal moves as one table each; any other raises."""

from __future__ import annotations

from typing import ClassVar, Protocol

from django.utils.translation import gettext as _

from aftersign.kernel.acts.refusals import Refused

FORM = {
    ("draft", "submitted"),
    ("submitted", "submitted"),
    ("submitted", "signed"),
    ("signed", "submitted"),
    ("signed", "distributed"),
    ("distributed", "submitted"),
    ("distributed", "distributed"),
    ("distributed", "accepted"),
}
COPY = {
    ("sent", "accepted"),
    ("sent", "returned"),
    ("sent", "resent"),
    ("sent", "recalled"),
    ("resent", "accepted"),
    ("resent", "returned"),
    ("resent", "resent"),
    ("resent", "recalled"),
    ("returned", "resent"),
    ("returned", "recalled"),
    ("accepted", "resent"),
}
QUESTION = {
    ("asked", "answered"),
    ("asked", "withdrawn"),
}
LIVE = ("sent", "resent", "returned", "accepted")
WAITING = ("sent", "resent")


class Moving(Protocol):
    """Whatever has a state and a table of its legal moves."""

    state: str
    MOVES: ClassVar[frozenset[tuple[str, str]]]


class IllegalMove(Refused):
    """Something was asked of a form or a copy that its state no longer allows; it is refused like any other act."""


def move(record: Moving, to: str) -> None:
    """Put a record into another state; raises `IllegalMove` when the table has no such move."""
    if (record.state, to) not in record.MOVES:
        sentence = _("This is no longer possible here. Open the page again and see how things stand.")
        raise IllegalMove.because(sentence, check="state")
    record.state = to
