"""What may happen to a form and to a copy of it: the legal moves as one table each; any other raises."""

from __future__ import annotations

from aftersign.kernel.acts.moves import IllegalMove, move

__all__ = ["COPY", "FORM", "LIVE", "QUESTION", "WAITING", "IllegalMove", "move"]

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
