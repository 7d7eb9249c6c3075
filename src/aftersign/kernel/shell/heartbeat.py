"""Signs of life of what runs without being asked: a worker leaves one, the web and `aftersign check` read it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

WORKER = "worker"
EVERY = 15.0
"""Seconds after which a process leaves its next sign; between two of them nothing is written."""
SILENT = timedelta(minutes=2)
"""After how long without a sign something counts as not running."""

_left: dict[str, float] = {}


def beat(name: str) -> None:
    """Leave a sign of life under a name, for all processes of this installation to see."""
    at = time.monotonic()
    if name in _left and at - _left[name] < EVERY:
        return
    cache.set(_key(name), timezone.now().isoformat(), timeout=None)
    _left[name] = at


def last(name: str) -> datetime | None:
    """When the last sign of life was left under a name, None when there never was one."""
    said = cache.get(_key(name))
    return datetime.fromisoformat(said) if said else None


def is_silent(name: str) -> bool:
    """Whether what should run under a name has left no sign for too long."""
    seen = last(name)
    return seen is None or timezone.now() - seen > SILENT


def _key(name: str) -> str:
    return f"heartbeat.{name}"
