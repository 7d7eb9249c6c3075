"""What the clock states about attempts that were refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RefusalsCounted(Fact, name="general.refusals_counted", unit="company", seen_by="records"):
    """How many attempts were refused on a day, by act, and a check value over their rows."""

    day: date
    count: int
    by_act: list[dict[str, Any]]
    check_value: str
