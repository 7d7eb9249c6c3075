"""Days and moments of a time zone: moments are microseconds since the epoch, days proleptic ordinals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
_QUARTER = 15 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Zone:
    """A time zone that remembers what it was asked; every offset in use is a multiple of a quarter of an hour."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.info = ZoneInfo(name)
        self._days: dict[int, int] = {}
        self._midnights: dict[int, int] = {}
        self._dates: dict[int, str] = {}

    def day_of(self, moment: int) -> int:
        """The day on which a moment lies; 00:00 belongs to the day that begins."""
        quarter = moment // _QUARTER
        day = self._days.get(quarter)
        if day is None:
            there = (_EPOCH + timedelta(microseconds=moment)).astimezone(self.info)
            day = self._days[quarter] = there.toordinal()
        return day

    def end_day_of(self, moment: int) -> int:
        """The day that a due time ends; 24:00 belongs to the day that it ends."""
        return self.day_of(moment - 1)

    def start(self, day: int) -> int:
        """00:00 of a day."""
        moment = self._midnights.get(day)
        if moment is None:
            first = datetime.combine(date.fromordinal(day), datetime.min.time(), tzinfo=self.info)
            moment = self._midnights[day] = (first - _EPOCH) // _MICROSECOND
        return moment

    def end(self, day: int) -> int:
        """24:00 of a day."""
        return self.start(day + 1)

    def date(self, moment: int) -> str:
        """The day on which a moment lies, as ISO 8601."""
        day = self.day_of(moment)
        text = self._dates.get(day)
        if text is None:
            text = self._dates[day] = date.fromordinal(day).isoformat()
        return text

    def text(self, moment: int) -> str:
        """A moment as ISO 8601 with the offset of the zone."""
        return (_EPOCH + timedelta(microseconds=moment)).astimezone(self.info).isoformat()
