"""What is coming: day clocks remind at nine of the working day before and of the last day, hour clocks at half time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.kernel.notices import hours
from aftersign.kernel.notices.registry import DAYS, HOURS, Cause, Telling
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, DutyState
from aftersign.policy.notices.owing import told_of
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import present

DUE_SOON = "due_soon"
_FIELDS = ("order_id", "owner_id", "owner_department_id", "opened_at", "due_at", "extended", "unit", "unit_id")


def counts_days(due_at: datetime) -> bool:
    """Whether a due time is the end of a day, as those of day clocks are."""
    local = due_at.astimezone(ZoneInfo(company().time_zone))
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def between(since: datetime, until: datetime) -> Iterator[Telling]:
    """The reminders that come after one moment and by another; of what is late already nobody is reminded."""
    zone = ZoneInfo(company().time_zone)
    found = [(duty, HOURS, _half(duty)) for duty in _by_hours(since, until)]
    for day in hours.came(hours.REMINDING, since, until, zone):
        moment = hours.at(day, hours.REMINDING, zone)
        found += [(duty, DAYS, moment) for duty in _by_days(day, until, zone)]
    told = told_of(duty for duty, _clock, _moment in found)
    for duty, clock, moment in found:
        cause = Cause(f"reminder {moment.isoformat()}", "", moment, order_id=duty.order_id)
        for person in told[duty.pk]:
            yield Telling(cause, person, "duty", str(duty.pk), DUE_SOON, clock=clock)


def _open() -> QuerySet[Duty]:
    return Duty.objects.filter(state=DutyState.OPEN).only("pk", *_FIELDS)


def _by_days(day: date, until: datetime, zone: ZoneInfo) -> Iterable[Duty]:
    """Duties whose last day is this one, or the next working day, or a free day before that."""
    work = present().calendar()
    end = hours.at(day + timedelta(days=1), datetime.min.time(), zone)
    last = end
    if work.is_working(day.toordinal()):
        following = date.fromordinal(work.nth_after(day.toordinal(), 1))
        last = hours.at(following + timedelta(days=1), datetime.min.time(), zone)
    rows = _open().filter(due_at__gte=max(end, until), due_at__lte=last)
    return [duty for duty in rows if duty.due_at and counts_days(duty.due_at)]


def _by_hours(since: datetime, until: datetime) -> Iterator[Duty]:
    """Duties of hour clocks of whose time half has passed; of one that was extended, half of what it usually has."""
    for length, terms in _hour_terms().items():
        half = timedelta(minutes=length.minutes) / 2
        wanted = Q(pk=None)
        for edition, names in terms.items():
            wanted |= Q(edition=edition, term__in=names)
        for duty in _open().filter(wanted, due_at__gt=since + half, due_at__lte=until + half):
            if duty.due_at and duty.due_at > until and (duty.extended or since < _half(duty) <= until):
                yield duty


def _half(duty: Duty) -> datetime:
    return duty.opened_at + (duty.due_at - duty.opened_at) / 2 if duty.due_at else duty.opened_at


def _hour_terms() -> Mapping[Duration, Mapping[str, list[str]]]:
    """The terms whose clocks count hours, by how many, of every edition that came into force."""
    found: dict[Duration, dict[str, list[str]]] = {}
    for edition in store.programs():
        rulebook = store.rulebook_of(edition)
        for name, term in rulebook.terms.items():
            for length in _lengths(rulebook, term.within):
                found.setdefault(length, {}).setdefault(edition, []).append(name)
    return found


def _lengths(rulebook: Rulebook, within: str) -> set[Duration]:
    """The numbers of hours that a deadline may be, for one order or another."""
    written: set[object] = {within} if within else set()
    if within.startswith("$"):
        param = rulebook.params[within.removeprefix("$")]
        written = {param.value, *(value for values in param.by.values() for value in values.values())}
    found = (duration(each) for each in written if isinstance(each, str) and each)
    return {each for each in found if each.counts_hours}
