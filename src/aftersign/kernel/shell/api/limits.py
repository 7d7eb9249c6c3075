"""How many requests a token may send in a minute, counted across processes without a write at each of them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

MINUTE = 60
STEP = 20
"""After how many requests a process tells the others of them."""


@dataclass
class Count:
    """What a process knows of a token in one minute: what all had sent when it last asked, and its own since."""

    minute: int
    told: int = 0
    untold: int = 0


_counts: dict[str, Count] = {}
_lock = threading.Lock()


def wait_for(name: str) -> int:
    """Count a request; the seconds to wait before the next one that is answered, 0 when this one still is.

    Each process may overlook what the others have sent since they last told of it: a step each.
    """
    at = time.time()
    minute, most = int(at // MINUTE), settings.API_REQUESTS_A_MINUTE
    with _lock:
        count = _counts.get(name)
        if count is None or count.minute != minute:
            _forget(minute)
            count = _counts[name] = Count(minute)
        count.untold += 1
        if count.untold >= min(STEP, max(1, most // STEP)):
            count.told, count.untold = _tell(name, count), 0
        over = count.told + count.untold > most
    return max(1, int((minute + 1) * MINUTE - at)) if over else 0


def _tell(name: str, count: Count) -> int:
    """Add what was not told yet to what all have sent, and learn the sum."""
    key = f"api.{name}.{count.minute}"
    if cache.add(key, count.untold, 2 * MINUTE):
        return count.untold
    try:
        return int(cache.incr(key, count.untold))
    except ValueError:  # it ran out between the two
        return count.told + count.untold


def _forget(minute: int) -> None:
    """Drop what was counted in minutes that are over."""
    for name in [name for name, count in _counts.items() if count.minute != minute]:
        del _counts[name]
