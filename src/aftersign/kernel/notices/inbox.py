"""The inbox of a person: its rows, its threads, what is unread, and what marks it as read."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from aftersign.kernel.clock import now
from aftersign.kernel.notices.models import Event, Message, Notice
from aftersign.kernel.org.models import Person

MOST = 500
"""Rows that one button marks at most, page by page."""


def of_person(person: Person | None) -> QuerySet[Notice]:
    """The rows of a person's inbox, in no order."""
    return Notice.objects.filter(person=person) if person else Notice.objects.none()


def unread_of(person: Person) -> int:
    """How many rows a person has not read; one query on an index of those rows alone."""
    return Notice.objects.filter(person=person, unread=True).count()


def unread_beside(person: str = "pk") -> Coalesce:
    """The same number, to be read in one query with the person, or with a row that points to them by a field."""
    mine = Notice.objects.filter(person=OuterRef(person), unread=True).order_by().values("person")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def thread_of(notice: Notice) -> list[Event]:
    """What was told in a thread, the latest first."""
    return list(notice.events.order_by("-at", "-id")[:200])


def mails_of(notice: Notice) -> list[Message]:
    """The mails about a thread, the latest first."""
    return list(notice.messages.select_related("person").order_by("-made_at")[:50])


def read(rows: QuerySet[Notice]) -> int:
    """Mark rows as read, and everything that was told in them; answers with how many there were."""
    with transaction.atomic():
        found = list(rows.filter(unread=True).values_list("pk", flat=True))
        for begin in range(0, len(found), MOST):
            part = found[begin : begin + MOST]
            Event.objects.filter(notice__in=part, read_at=None).update(read_at=now())
            Notice.objects.filter(pk__in=part).update(unread=False)
    return len(found)


def keep_unread(rows: QuerySet[Notice]) -> int:
    """Mark rows as unread again; that they were read before stays known."""
    return rows.filter(unread=False, ended_at=None).update(unread=True)


def followed(notice: Notice, mail: UUID | None) -> None:
    """Note that somebody came by the link of a mail: it has arrived."""
    if mail is not None:
        notice.messages.filter(pk=mail, delivered_at=None).update(delivered_at=now())
