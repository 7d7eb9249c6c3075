"""Readers of editions: which wait for their day, and which rooms have been installed."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from aftersign.kernel.journal import queries as journal
from aftersign.policy.models import Edition


def is_awaited() -> bool:
    """Whether an edition waits for its day."""
    return _awaited().exists()


def awaited() -> list[tuple[date, Edition]]:
    """Editions that were issued and have not taken effect, with their days, the earliest first."""
    waiting = _awaited().defer("files").order_by("effective_on", "issued_at")
    return [(each.effective_on, each) for each in waiting if each.effective_on]


def _awaited() -> QuerySet[Edition]:
    return Edition.objects.filter(in_force_from=None, withdrawn_at=None, effective_on__isnull=False)


def installed_rooms() -> set[str]:
    """The rooms that have been stated."""
    return {fact.payload["room"] for fact in journal.of_order(None, names=("policy.room_installed",), private=False)}
