"""What may happen to a request about an order: the legal moves as one table; any other raises."""

from __future__ import annotations

from aftersign.kernel.acts.moves import IllegalMove, move, move_by

__all__ = ["ASKED", "HALT", "RULINGS", "IllegalMove", "move", "move_by"]

ASKED = "asked"
HALT = {
    ("asked", "granted"),
    ("asked", "rejected"),
    ("asked", "withdrawn"),
    ("asked", "lapsed"),
    ("granted", "undone"),  # what was granted has been withdrawn as a mistake
    ("undone", "granted"),  # and that withdrawal as well
}
RULINGS = {(before, after) for before, after in HALT if before == ASKED}
"""What a decision may do: it answers what is still asked."""
