"""Due times by one calendar in one zone, with memory: what was counted once is looked up afterwards."""

from __future__ import annotations

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import day_after
from aftersign.kernel.clock.durations import Duration
from aftersign.kernel.clock.zone import MINUTE, Zone


class DayTable(dict[int, int]):
    """24:00 of the day on which one duration ends, by the day from which it is counted."""

    def __init__(self, reckoning: Reckoning, length: Duration) -> None:
        super().__init__()
        self._reckoning, self._length = reckoning, length

    def __missing__(self, day: int) -> int:
        zone, work = self._reckoning.zone, self._reckoning.work
        moment = self[day] = zone.end(day_after(day, self._length, work))
        return moment


class Reckoning:
    """Due times; moments are microseconds since the epoch, days proleptic ordinals."""

    def __init__(self, work: WorkCalendar, zone: Zone) -> None:
        self.work, self.zone = work, zone
        self._tables: dict[Duration, DayTable] = {}

    def table(self, length: Duration) -> DayTable:
        """The ends of a duration that counts days, by the day from which it is counted."""
        table = self._tables.get(length)
        if table is None:
            table = self._tables[length] = DayTable(self, length)
        return table

    def due(self, moment: int, length: Duration) -> int:
        """When a duration ends that begins with a moment."""
        if length.counts_hours:
            return moment + length.minutes * MINUTE
        return self.table(length)[self.zone.day_of(moment)]

    def counted_on(self, moment: int, length: Duration) -> int:
        """When a duration ends that counts on from a due time: 24:00 belongs to the day that it ends."""
        if length.counts_hours:
            return moment + length.minutes * MINUTE
        return self.table(length)[self.zone.end_day_of(moment)]

    def left(self, moment: int, due_at: int, clock: str) -> int:
        """What a clock has left: working days (`bd`) or calendar days (`d`) after today, or microseconds (`h`)."""
        if clock == "h":
            return max(0, due_at - moment)
        today, last = self.zone.day_of(moment), self.zone.end_day_of(due_at)
        return self.work.between(today, last) if clock == "bd" else max(0, last - today)

    def resumed(self, moment: int, left: int, clock: str) -> int:
        """The due time of a clock that runs again from a moment with so much left."""
        return moment + left if clock == "h" else self.due(moment, Duration(left, clock))
