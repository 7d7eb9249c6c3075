"""Checkpoints every few minutes, as long as a worker runs."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError

from aftersign.kernel.journal.proof import taking
from aftersign.kernel.journal.proof.faults import NoCheckpoint

_log = logging.getLogger(__name__)


class Watch:
    """Takes a checkpoint whenever so many seconds have passed, the first one at once."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._next = 0.0

    def look(self, *, at_once: bool = False) -> None:
        """Take a checkpoint if it is time. What stands in its way is logged, and tried again when it is time again."""
        if not at_once and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._seconds
        try:
            taking.take()
        except NoCheckpoint as reason:
            _log.error("no checkpoint was written: %s", reason)
        except DatabaseError:
            _log.exception("no checkpoint was written: the database did not answer")
