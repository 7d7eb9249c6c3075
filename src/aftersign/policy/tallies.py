"""How many duties stand how under each clause: counted when asked, in a large company by a worker beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Coalesce

from aftersign.kernel.clock import now
from aftersign.policy.models import Duty, Tally

LIVE = 200_000
"""Duties up to which they are counted when somebody asks: that takes less than a tenth of a second."""
EVERY = timedelta(minutes=10)
_looked: datetime | None = None
WHOSE = Coalesce("owner_department", "owner__department")


@dataclass(frozen=True)
class Counted:
    """Rows of clause or department, state, whether extended, and number; `at` is None for what was counted now."""

    rows: list[tuple[Any, ...]]
    at: datetime | None


def by_clause() -> Counted:
    """The duties of all clauses, by clause."""
    kept = _latest().values_list("clause", "state", "extended").annotate(n=Sum("number"), at=Max("counted_at"))
    live = Duty.objects.order_by().values_list("clause", "state", "extended").annotate(n=Count("pk"))
    return _counted(kept, live)


def of_clause(clause: str) -> Counted:
    """The duties of one clause, by the department that owes them (None: without owner)."""
    kept = _latest().filter(clause=clause)
    said = kept.values_list("department", "state", "extended").annotate(n=Sum("number"), at=Max("counted_at"))
    rows = Duty.objects.filter(clause=clause).order_by().annotate(whose=WHOSE)
    return _counted(said, rows.values_list("whose", "state", "extended").annotate(n=Count("pk")))


def _latest() -> QuerySet[Tally]:
    newest = Tally.objects.order_by("-counted_at").values("counted_at")[:1]
    return Tally.objects.filter(counted_at=newest).order_by()


def _counted(kept: Iterable[tuple[Any, ...]], live: Iterable[tuple[Any, ...]]) -> Counted:
    found = list(kept)
    if not found:
        return Counted(list(live), None)
    return Counted([row[:4] for row in found], found[0][4])


def count_beforehand() -> bool:
    """Count the duties anew where there are many and the last count is old; answers whether it did.

    Several workers may do so at once: each count stands by itself, and the newest is read.
    """
    global _looked  # noqa: PLW0603 (one memory a process)
    if _looked is not None and now() - _looked < EVERY:
        return False
    _looked = now()
    if Duty.objects.order_by()[: LIVE + 1].count() <= LIVE:
        Tally.objects.all().delete()
        return False
    last = Tally.objects.aggregate(at=Max("counted_at"))["at"]
    if last is not None and now() - last < EVERY:
        return False
    count()
    return True


def count() -> None:
    """Count the duties of all clauses, and keep that instead of what was counted before."""
    rows = Duty.objects.order_by().annotate(whose=WHOSE).values_list("clause", "whose", "state", "extended")
    with transaction.atomic():
        at = now()
        made = [
            Tally(counted_at=at, clause=clause, department=whose, state=state, extended=extended, number=number)
            for clause, whose, state, extended, number in rows.annotate(n=Count("pk"))
        ]
        Tally.objects.bulk_create(made, batch_size=500)
        Tally.objects.filter(counted_at__lt=at).delete()
