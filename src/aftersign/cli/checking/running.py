"""Checks of what runs by itself: the worker, checkpoints, the clock, backups, the sweep of files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from aftersign.cli.checking.lines import Line, fault, ok, warning
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof.targets import targets
from aftersign.kernel.org import marks
from aftersign.kernel.shell import heartbeat
from aftersign.kernel.vault.strays import found as strays_found

HASTE = timedelta(minutes=5)
"""How far the clocks of two machines may differ."""
OLD = timedelta(days=2)
"""After how long a backup is old."""
ROUNDS = 5
"""After how many missed rounds checkpoints are late."""


def look() -> Iterator[Line]:
    """What is to be seen of what runs by itself."""
    last = Entry.objects.order_by("-sequence").values_list("sequence", "entered").first()
    yield _worker()
    if last is not None:
        yield _clock(last[1])
        yield _checkpoints(*last)
    yield _backup()
    yield _files()


def _worker() -> Line:
    seen, do = heartbeat.last(heartbeat.WORKER), "start `aftersign serve`, or `aftersign worker` beside it"
    if seen is None:
        return warning("worker", "none has run here yet: nothing becomes due, nobody is told", do)
    if heartbeat.is_silent(heartbeat.WORKER):
        return fault("worker", f"the last sign of one is of {_said(seen)}: nothing becomes due, nobody is told", do)
    return ok("worker", f"seen at {_said(seen)}")


def _clock(entered: datetime) -> Line:
    if entered > now() + HASTE:
        said = f"it is {_said(now())} here, and the last fact is of {_said(entered)}: the clock was set back"
        return fault("clock", said, "set the clock by a time server (NTP) before anybody works on")
    return ok("clock", f"it is {_said(now())}, after the last fact")


def _checkpoints(facts: int, entered: datetime) -> Line:
    sizes = []
    for place in targets():
        try:
            kept = place.newest()
            sizes.append(int(json.loads(kept[1])["size"]) if kept else 0)
        except (OSError, ValueError, KeyError, TypeError) as error:
            return fault(
                "checkpoints", f"{place} cannot be read: {error}", "mount it, and look at AFTERSIGN_CHECKPOINTS"
            )
    signed = min(sizes, default=0)
    late = now() - entered > timedelta(seconds=ROUNDS * settings.CHECKPOINT_SECONDS)
    if signed < facts and (late or not signed):
        said = f"{facts - signed} facts are not signed, the last of {_said(entered)}"
        return fault("checkpoints", said, "`aftersign journal checkpoint` says what stands in the way")
    return ok("checkpoints", f"{signed} of {facts} facts are signed")


def _backup() -> Line:
    last, do = marks.of(marks.BACKUP), "`aftersign backup FILE`, every night and to another machine"
    if last is None:
        return warning("backup", "there has never been one", do)
    if now() - last.at > OLD:
        return warning("backup", f"the last one is of {_said(last.at)}", do)
    return ok("backup", f"the last one is of {_said(last.at)}")


def _files() -> Line:
    """Files that an act took in and that was then refused; they are looked for as `aftersign verify` does."""
    strays = strays_found()
    if strays and time.time() - strays[0].since > OLD.total_seconds():
        said = f"{len(strays)} files are named by no fact and no row, and nobody has removed them"
        return warning("files", said, "start `aftersign serve`, or `aftersign worker` beside it")
    return ok("files", f"{len(strays)} are named by no fact and no row, to be removed")


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
