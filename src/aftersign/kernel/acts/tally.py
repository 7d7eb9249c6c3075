"""Refused attempts of a stretch of time counted, with a check value over their rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.journal import canonical

COLUMNS = ("id", "act", "unit", "unit_id", "order_id", "actor_id", "terms", "reasons", "refused_at")


@dataclass(frozen=True)
class Tally:
    """How often each act was refused; `check_value` is the SHA-256 over the rows, in hexadecimal."""

    by_act: dict[str, int]
    check_value: str

    @property
    def count(self) -> int:
        """How many attempts were refused."""
        return sum(self.by_act.values())


def tally(since: datetime, until: datetime) -> Tally:
    """What was refused from one moment up to another, that one left out; one query, in constant memory.

    The check value covers every column of every row, in the order of time, so that a row changed, added or taken away
    afterwards no longer agrees with it.
    """
    refused = RefusedAct.objects.filter(refused_at__gte=since, refused_at__lt=until).order_by("refused_at", "id")
    counted: Counter[str] = Counter()
    digest = hashlib.sha256()
    for row in refused.values(*COLUMNS).iterator():
        counted[row["act"]] += 1
        digest.update(canonical.text(row).encode() + b"\n")
    return Tally(dict(sorted(counted.items())), digest.hexdigest())
