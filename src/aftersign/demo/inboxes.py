"""The inboxes of the sample company: told as things happened, and read by people in the evening."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftersign.kernel.clock import frozen, now
from aftersign.kernel.journal.readers import catch_up
from aftersign.kernel.notices import inbox
from aftersign.kernel.notices.models import Mark, Notice
from aftersign.kernel.notices.reading import READER
from aftersign.kernel.notices.timing import CLOCK, pass_time

NEARLY_A_DAY = timedelta(hours=20)
UNREAD = timedelta(days=4)
"""How long people of the sample company leave what they are told unread."""


def tell(*, at_once: bool = True) -> None:
    """Tell what has happened up to the present moment, at once, or when nearly a day has passed since the last time.

    The first time, only remember where to begin.
    """
    mark = Mark.objects.filter(pk=CLOCK).first()
    if at_once or mark is None or now() - mark.at > NEARLY_A_DAY:
        catch_up(READER.name)
        pass_time()


def read(until: datetime) -> int:
    """Let people read what they were told some days ago; answers with how much that is."""
    with frozen(until - UNREAD):
        return inbox.read(Notice.objects.filter(at__lt=until - UNREAD))
