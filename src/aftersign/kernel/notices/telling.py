"""Bringing what happened into people's inboxes: one row a person and object, told once, to those who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from aftersign.kernel.clock import now
from aftersign.kernel.notices import outbox
from aftersign.kernel.notices.describing import visible
from aftersign.kernel.notices.models import Event, Mark, Notice, Wishes
from aftersign.kernel.notices.registry import Ending, Happening, Telling, reason
from aftersign.kernel.notices.wishes import MAIL, NONE, way, wishes_by_person
from aftersign.kernel.org.models import Person

INBOX = "inbox"
_FIELDS = ("reason", "level", "at", "unread", "ended_at", "confirmed_at")
Key = tuple[UUID, str, str]


def happen(happenings: Iterable[Happening]) -> int:
    """Bring happenings into the inboxes in their order; answers with how many things were told.

    Must run inside a transaction. What is told and ended at once is not news to anybody.
    """
    found = sorted(happenings, key=lambda each: (each.cause.place, isinstance(each, Telling)))
    if not found:
        return 0
    Mark.objects.get_or_create(pk=INBOX, defaults={"at": now()})
    Mark.objects.select_for_update().get(pk=INBOX)
    tellings = _for_others([each for each in found if isinstance(each, Telling)])
    people = _people(each.person for each in tellings)
    wishes = wishes_by_person(people)
    told = set(_allowed(tellings, people, wishes))
    threads = Threads.of(found)
    for each in found:
        if isinstance(each, Ending):
            threads.end(each)
        elif each in told:
            threads.tell(each)
    threads.save()
    by_mail = [
        outbox.News(notice, event, people[each.person], each.clock)
        for each, notice, event in threads.news
        if way(wishes.get(each.person), reason(each.reason)) == MAIL and notice.ended_at is None
    ]
    outbox.make(by_mail)
    return len(threads.news)


def _for_others(tellings: Sequence[Telling]) -> list[Telling]:
    """Those that are not about somebody's own act, nor about the past, nor told about the object's own object."""
    said = {(each.cause.key, each.person, each.unit, each.unit_id) for each in tellings}
    return [
        each
        for each in tellings
        if not each.cause.is_old
        and each.person not in each.cause.hands
        and not (each.about and (each.cause.key, each.person, *each.about) in said)
    ]


def _people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    here = Person.objects.filter(is_active=True, left_on=None, is_operating=False)
    return here.select_related("department").in_bulk(set(ids))


def _allowed(
    tellings: Sequence[Telling], people: Mapping[UUID, Person], wishes: Mapping[UUID, Wishes]
) -> Iterable[Telling]:
    """Those to people who work here, did not mute them, and may see the object."""
    heard = [
        each for each in tellings if each.person in people and way(wishes.get(each.person), reason(each.reason)) != NONE
    ]
    seen = visible((people[each.person], (each.unit, each.unit_id)) for each in heard)
    return (each for each in heard if (each.person, (each.unit, each.unit_id)) in seen)


@dataclass
class Threads:
    """The rows of some objects while happenings are brought into them."""

    rows: dict[Key, Notice]
    known: dict[tuple[UUID, str], Event]
    fresh: list[Notice] = field(default_factory=list)
    changed: dict[UUID, Notice] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    news: list[tuple[Telling, Notice, Event]] = field(default_factory=list)

    @staticmethod
    def of(happenings: Sequence[Happening]) -> Threads:
        """The rows of the objects that happenings speak of, locked, with what was told in them; two queries."""
        held = Notice.objects.select_for_update().filter(unit_id__in={each.unit_id for each in happenings})
        rows = {(row.person_id, row.unit, row.unit_id): row for row in held}
        keys = {each.cause.key for each in happenings}
        told = Event.objects.filter(notice__in=[row.pk for row in rows.values()], key__in=keys) if rows else ()
        return Threads(rows, {(event.notice_id, event.key): event for event in told})

    def tell(self, telling: Telling) -> None:
        """One thing more in the thread of a person and object, unless it was told there before."""
        cause, about = telling.cause, reason(telling.reason)
        key = telling.person, telling.unit, telling.unit_id
        row = self.rows.get(key)
        if row is None:
            row = Notice(person_id=telling.person, unit=telling.unit, unit_id=telling.unit_id, order_id=cause.order_id)
            self.rows[key] = row
            self.fresh.append(row)
        event = self._event(row, telling, ended=False)
        if event is None:
            return
        event.reason, event.level, event.read_at = about.name, about.level, None
        row.reason, row.level, row.at = about.name, about.level, cause.at
        row.unread, row.ended_at, row.confirmed_at = True, None, None
        self.news.append((telling, row, event))

    def end(self, ending: Ending) -> None:
        """Nothing is left to do: the object's rows wait for nobody, and whose act it was has confirmed."""
        for row in [row for row in self.rows.values() if (row.unit, row.unit_id) == (ending.unit, ending.unit_id)]:
            meant = row.ended_at is None and ending.reason in ("", row.reason)
            if meant and self._event(row, ending, ended=True) is not None:
                row.unread, row.ended_at = False, ending.cause.at
                row.confirmed_at = ending.cause.at if row.person_id in ending.cause.hands else None

    def _event(self, row: Notice, happening: Happening, *, ended: bool) -> Event | None:
        """A new line of a thread, or the one of the same cause that was only an ending; None for what is known."""
        cause = happening.cause
        known = self.known.get((row.pk, cause.key))
        if known is not None:
            return None if ended or known.reason or known not in self.events else known
        event = Event(notice=row, key=cause.key, fact=cause.fact, at=cause.at, actor_id=cause.actor_id)
        self.known[row.pk, cause.key] = event
        self.events.append(event)
        self.changed[row.pk] = row
        return event

    def save(self) -> None:
        """Write rows and lines; at most three statements."""
        new = {row.pk for row in self.fresh}
        Notice.objects.bulk_create(self.fresh, batch_size=500)
        Notice.objects.bulk_update([row for pk, row in self.changed.items() if pk not in new], _FIELDS, batch_size=200)
        Event.objects.bulk_create(self.events, batch_size=500)
