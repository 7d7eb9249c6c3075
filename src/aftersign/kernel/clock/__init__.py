"""Time as the house reads it: a clock that can be frozen, the company calendar, durations and due times."""

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.clock.reading import frozen, now

__all__ = ["frozen", "new_id", "now"]
