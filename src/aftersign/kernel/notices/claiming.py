"""Who sends which mail now: claims that run out, and what became of each; every step is a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from aftersign.kernel.clock import now
from aftersign.kernel.notices.models import Channel, Message, MessageState

CLAIM = timedelta(minutes=5)
"""How long whoever has claimed a mail may take until it is taken for dead."""
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240))
"""How long a mail waits after each time in which the server would not take it; after the last it is given up."""
OUTAGES = tuple(timedelta(seconds=each) for each in (15, 30, 60, 120, 300, 600))
"""How long everything waits after each time in which no server was there; the last pause is used for ever."""
MAIL = "mail"
_LONGEST = 300


def is_open() -> bool:
    """Whether the mail server may be tried now: it has not failed, or the pause after that is over."""
    failing = Channel.objects.filter(pk=MAIL, next_try_at__gt=now())
    return not failing.exists()


def claim(number: int) -> list[Message]:
    """The next mails for whoever asks, the longest waiting first; nobody else has them until the claim runs out."""
    with transaction.atomic():
        moment = now()
        due = Q(state=MessageState.WAITING, not_before__lte=moment)
        orphaned = Q(state=MessageState.SENDING, claimed_until__lte=moment)
        rows = Message.objects.select_for_update(skip_locked=True)
        found = [*rows.filter(orphaned).order_by("id")[:number]]
        found += rows.filter(due).order_by("not_before", "id")[: number - len(found)]
        for row in found:
            row.state, row.claimed_until, row.tries = MessageState.SENDING, moment + CLAIM, row.tries + 1
        Message.objects.bulk_update(found, ["state", "claimed_until", "tries"], batch_size=500)
    return found


def is_held(message: Message) -> bool:
    """Whether a claim still runs, with a minute to spare."""
    return message.claimed_until is not None and now() < message.claimed_until - timedelta(minutes=1)


def sent(message: Message) -> bool:
    """Note that the server has taken a mail; False when somebody else holds it meanwhile."""
    return _move(message, state=MessageState.SENT, sent_at=now(), claimed_until=None, error="")


def dropped(message: Message, why: str) -> bool:
    """Note that a mail need not go out any more."""
    return _move(message, state=MessageState.DROPPED, claimed_until=None, error=why[:_LONGEST])


def refused(message: Message, why: str) -> bool:
    """Note that a mail can never be delivered, and why."""
    return _move(message, state=MessageState.REFUSED, claimed_until=None, error=why[:_LONGEST])


def postponed(message: Message, why: str) -> bool:
    """Note that the server would not take a mail now; after too many times it is given up."""
    if message.tries > len(PAUSES):
        return refused(message, why)
    later = now() + PAUSES[message.tries - 1]
    return _move(message, state=MessageState.WAITING, not_before=later, claimed_until=None, error=why[:_LONGEST])


def given_back(messages: Iterable[Message]) -> None:
    """Put claimed mails back untried."""
    for message in messages:
        _move(message, state=MessageState.WAITING, claimed_until=None, tries=message.tries - 1)


def _move(message: Message, **to: object) -> bool:
    held = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, claimed_until=message.claimed_until)
    return held.update(**to) == 1


@transaction.atomic
def failed(why: str) -> datetime:
    """Note that no server was there; answers with when it is tried again."""
    Channel.objects.get_or_create(pk=MAIL)
    row = Channel.objects.select_for_update().get(pk=MAIL)
    row.failing_since, row.error = row.failing_since or now(), why[:_LONGEST]
    row.next_try_at = now() + OUTAGES[min(row.tries, len(OUTAGES) - 1)]
    row.tries += 1
    row.save()
    return row.next_try_at


def answered() -> None:
    """Note that the server is there."""
    Channel.objects.filter(pk=MAIL, failing_since__isnull=False).update(
        failing_since=None, next_try_at=None, tries=0, error=""
    )


def backlog() -> QuerySet[Message]:
    """The mails that should have gone out by now."""
    return Message.objects.filter(Q(state=MessageState.WAITING, not_before__lte=now()) | Q(state=MessageState.SENDING))
