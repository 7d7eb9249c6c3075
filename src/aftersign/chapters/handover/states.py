"""What may happen to a form and to a copy of it: the legal moves as one table each; any other raises."""

from __future__ import annotations

from aftersign.kernel.acts.moves import IllegalMove, Moving, move, move_by

__all__ = ["BACK", "COPY", "FORM", "LIVE", "QUESTION", "WAITING", "IllegalMove", "move", "move_back"]

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
# The ways back, open only to the withdrawal of the fact by which a record had come where it stands.
BACK = {
    ("accepted", "sent"),
    ("accepted", "resent"),
    ("returned", "sent"),
    ("returned", "resent"),
    ("accepted", "distributed"),
    ("resent", "sent"),
    ("resent", "resent"),
    ("resent", "accepted"),
    ("resent", "returned"),
    ("answered", "asked"),
    ("withdrawn", "asked"),
    ("asked", "mistaken"),
    ("mistaken", "asked"),
}
LIVE = ("sent", "resent", "returned", "accepted")
WAITING = ("sent", "resent")


def move_back(record: Moving, to: str) -> None:
    """Put a record back where it was before a fact that is withdrawn; raises `IllegalMove` likewise."""
    move_by(BACK, record, to)
