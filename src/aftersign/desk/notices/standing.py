"""How the mails stand: what waits, what was sent, what could not be delivered, and who has no address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from aftersign.kernel.clock import now
from aftersign.kernel.journal import readers
from aftersign.kernel.notices import claiming, outbox
from aftersign.kernel.notices.models import Channel, Message, MessageState
from aftersign.kernel.notices.reading import READER
from aftersign.kernel.org.queries import people

FAILURES = 20


@dataclass(frozen=True)
class Standing:
    """The page of an administrator."""

    is_on: bool
    sender: str
    waiting: int
    oldest: datetime | None
    later: int
    sent: int
    facts: int
    channel: Channel | None
    failures: tuple[Message, ...]
    without_address: int


def standing_of() -> Standing:
    """How things stand now; nine queries."""
    backlog = claiming.backlog()
    waiting = Message.objects.filter(state=MessageState.WAITING)
    refused = Message.objects.filter(state=MessageState.REFUSED).select_related("person")
    return Standing(
        is_on=outbox.is_on(),
        sender=settings.DEFAULT_FROM_EMAIL,
        waiting=backlog.count(),
        oldest=backlog.order_by("not_before").values_list("not_before", flat=True).first(),
        later=waiting.filter(not_before__gt=now()).count(),
        sent=Message.objects.filter(made_at__gte=now() - timedelta(days=1), state=MessageState.SENT).count(),
        facts=readers.backlog(READER.name),
        channel=Channel.objects.filter(pk=claiming.MAIL, failing_since__isnull=False).first(),
        failures=tuple(refused.order_by("-made_at")[:FAILURES]),
        without_address=people().filter(email="").count(),
    )
