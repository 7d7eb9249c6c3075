"""Making mails: one for what is told, never too many a day, and not before somebody may be rung."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count

from aftersign.kernel.clock import now
from aftersign.kernel.notices import hours
from aftersign.kernel.notices.models import Event, Message, MessageKind, MessageState, Notice
from aftersign.kernel.notices.registry import INFORMATION, OVERDUE, calendar
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, running_deputyships

MOST_A_DAY = 12
"""Mails a day to one person about what is neither late nor escalated."""


@dataclass(frozen=True)
class News:
    """Something told to a person who wants it by mail; `clock` is what the clock counts that brought it about."""

    notice: Notice
    event: Event
    person: Person
    clock: str


def is_on() -> bool:
    """Whether the installation sends mails."""
    return settings.MAIL


def make(news: Sequence[News]) -> None:
    """A mail for each, or one more thing in a mail that has not left yet; for what is late also to deputies."""
    if not news or not is_on():
        return
    receivers = [(each, person) for each in news for person in _receivers(each, _deputies(news))]
    waiting = _waiting(news)
    room = _room(receivers)
    fresh: dict[tuple[UUID, UUID], Message] = {}
    for each, person in receivers:
        key = each.notice.pk, person.pk
        moment = _not_before(each)
        if held := waiting.get(key) or fresh.get(key):
            held.level, held.not_before = max(held.level, each.event.level), min(held.not_before, moment)
        elif each.event.level >= OVERDUE or room.setdefault(person.pk, MOST_A_DAY) > 0:
            fresh[key] = _message(each, person, moment)
            room[person.pk] = room.get(person.pk, 0) - (each.event.level < OVERDUE)
    Message.objects.bulk_create(fresh.values(), batch_size=500)
    Message.objects.bulk_update(waiting.values(), ["level", "not_before"], batch_size=500)


def make_digests(people: Iterable[Person], day: date, since: datetime) -> int:
    """A digest for each, once a day; answers with how many there are."""
    zone = ZoneInfo(company().time_zone)
    moment = hours.not_before(now(), level=INFORMATION, clock="", zone=zone, work=calendar())
    made = [
        Message(
            person=person,
            kind=MessageKind.DIGEST,
            key=f"digest:{person.pk}:{day.isoformat()}",
            address=person.email,
            since=since,
            made_at=now(),
            not_before=moment,
        )
        for person in people
    ]
    Message.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    return len(made)


def make_trial(person: Person) -> Message:
    """A mail that only shows whether mails arrive."""
    moment = now()
    key = f"trial:{person.pk}:{moment.isoformat()}"
    said = {"kind": MessageKind.TRIAL, "address": person.email, "made_at": moment, "not_before": moment}
    return Message.objects.create(person=person, key=key, **said)


def _deputies(news: Sequence[News]) -> Mapping[UUID, list[Person]]:
    """Who stands in today for those to whom something late is told."""
    away = {each.person.pk for each in news if each.event.level >= OVERDUE}
    if not away:
        return {}
    day = now().astimezone(ZoneInfo(company().time_zone)).date()
    found: dict[UUID, list[Person]] = {}
    for row in running_deputyships(day).filter(person__in=away).select_related("deputy"):
        found.setdefault(row.person_id, []).append(row.deputy)
    return found


def _receivers(news: News, deputies: Mapping[UUID, list[Person]]) -> list[Person]:
    standing_in = deputies.get(news.person.pk, []) if news.event.level >= OVERDUE else []
    return [each for each in (news.person, *standing_in) if each.email]


def _waiting(news: Sequence[News]) -> dict[tuple[UUID, UUID], Message]:
    """The mails of these threads that nobody has begun to send."""
    rows = Message.objects.select_for_update().filter(
        notice__in={each.notice.pk for each in news}, state=MessageState.WAITING, tries=0
    )
    return {(row.notice_id, row.person_id): row for row in rows if row.notice_id}


def _room(receivers: Sequence[tuple[News, Person]]) -> dict[UUID, int]:
    """How many more mails people get today about what is neither late nor escalated."""
    wanted = {person.pk for news, person in receivers if news.event.level < OVERDUE}
    if not wanted:
        return {}
    zone = ZoneInfo(company().time_zone)
    midnight = now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Message.objects.filter(person__in=wanted, made_at__gte=midnight, level__lt=OVERDUE, kind=MessageKind.NOTICE)
    counted = today.order_by().values_list("person").annotate(number=Count("pk"))
    return {person: MOST_A_DAY - number for person, number in counted}


def _not_before(news: News) -> datetime:
    zone = ZoneInfo(company().time_zone)
    return hours.not_before(now(), level=news.event.level, clock=news.clock, zone=zone, work=calendar())


def _message(news: News, person: Person, moment: datetime) -> Message:
    return Message(
        person=person,
        notice=news.notice,
        key=f"{news.event.pk}:{person.pk}",
        address=person.email,
        level=news.event.level,
        made_at=now(),
        not_before=moment,
    )
