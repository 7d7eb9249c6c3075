"""Time as the house reads it: a clock that can be frozen, the company calendar, durations and due times."""

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.durations import Duration, duration
from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.clock.reading import freeze, frozen, now, unfreeze
from aftersign.kernel.clock.reckoning import Reckoning
from aftersign.kernel.clock.zone import Zone

__all__ = [
    "Duration",
    "Reckoning",
    "WorkCalendar",
    "Zone",
    "duration",
    "freeze",
    "frozen",
    "new_id",
    "now",
    "unfreeze",
]
