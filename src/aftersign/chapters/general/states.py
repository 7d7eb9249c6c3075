"""What may become of a request for an exception: the legal moves as one table; any other raises."""

from __future__ import annotations

from aftersign.kernel.acts.moves import move

__all__ = ["AGREED", "APPROVED", "GRANTED", "OPEN", "REFUSED", "REQUEST", "UNDONE", "WAITING", "WITHDRAWN", "move"]

OPEN, AGREED, APPROVED, REFUSED, WITHDRAWN, UNDONE = "open", "agreed", "approved", "refused", "withdrawn", "undone"
REQUEST = {
    (OPEN, AGREED),  # by the first of two
    (OPEN, APPROVED),
    (OPEN, REFUSED),
    (OPEN, WITHDRAWN),
    (AGREED, APPROVED),
    (AGREED, REFUSED),
    (AGREED, WITHDRAWN),
    (APPROVED, UNDONE),  # what was approved has been withdrawn as a mistake
    (UNDONE, APPROVED),  # and that withdrawal as well
}
WAITING = (OPEN, AGREED)
GRANTED = (APPROVED, UNDONE)
