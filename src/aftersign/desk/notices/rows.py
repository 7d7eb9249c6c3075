"""Rows and threads of an inbox with their words: what each object is, what happened to it, and how far a mail came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from aftersign.kernel.notices import inbox
from aftersign.kernel.notices.describing import describe, visible
from aftersign.kernel.notices.models import Event, Message, Notice
from aftersign.kernel.notices.registry import ESCALATION, OVERDUE, REMINDER, Said, label
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import names_of

_MANY_THINGS = ("order",)
"""Kinds of objects to which many things happen, so that their title and the reason leave open which."""
_TONES = {REMINDER: ("warn", "clock"), OVERDUE: ("bad", "bang"), ESCALATION: ("bad", "up")}


@dataclass(frozen=True)
class Row:
    """One object of an inbox; nothing is said of what is gone or no longer seen.

    `fact` is what happened to it last, where the object alone does not say what it is about.
    """

    notice: Notice
    said: Said | None
    fact: str = ""

    @property
    def reason(self) -> str:
        """Why, in words."""
        return label(self.notice.reason)

    @property
    def tone(self) -> str:
        """The colour of the reason; none for what only informs."""
        return _TONES.get(self.notice.level, ("", ""))[0]

    @property
    def icon(self) -> str:
        """The icon of the reason."""
        return _TONES.get(self.notice.level, ("", "bell"))[1]

    @property
    def leads(self) -> str:
        """Where its one link leads, empty for what is no longer seen."""
        return self.said.leads(self.notice.person_id) if self.said else ""

    @property
    def is_to_do(self) -> bool:
        """Whether it is for this person to do what is to be done."""
        return bool(self.said and self.said.action and self.said.is_for(self.notice.person_id))


@dataclass(frozen=True)
class Moment:
    """One thing that happened in a thread, and who did it."""

    event: Event
    who: str

    @property
    def reason(self) -> str:
        """Why it was told, empty where it was only an ending."""
        return label(self.event.reason) if self.event.reason else ""


@dataclass(frozen=True)
class Thread:
    """Everything that was told about one object, and the mails that went out about it."""

    row: Row
    moments: tuple[Moment, ...]
    mails: tuple[Message, ...]

    @property
    def read_at(self) -> datetime | None:
        """When the latest of it was read."""
        return next((each.event.read_at for each in self.moments if each.event.reason), None)


def rows_of(person: Person, notices: Sequence[Notice]) -> list[Row]:
    """Rows in words, for whoever's inbox it is."""
    things = [(each.unit, each.unit_id) for each in notices]
    seen = visible((person, thing) for thing in things)
    said = describe(thing for thing in things if (person.pk, thing) in seen)
    facts = _told_last(each for each in notices if each.unit in _MANY_THINGS and (each.unit, each.unit_id) in said)
    return [Row(each, said.get((each.unit, each.unit_id)), facts.get(each.pk, "")) for each in notices]


def _told_last(notices: Iterable[Notice]) -> dict[UUID, str]:
    """What was told last about notices by their ids; one query, none without notices."""
    ids = [each.pk for each in notices]
    told = Event.objects.filter(notice__in=ids).exclude(Q(reason="") | Q(fact="")).order_by("at", "id")
    return dict(told.values_list("notice", "fact")) if ids else {}


def thread_of(row: Row) -> Thread:
    """The thread behind a row; three queries."""
    events = inbox.thread_of(row.notice)
    names: dict[UUID, str] = names_of(each.actor_id for each in events if each.actor_id)
    moments = tuple(Moment(each, names.get(each.actor_id, "") if each.actor_id else "") for each in events)
    return Thread(row, moments, tuple(inbox.mails_of(row.notice)))
