"""Readers of editions: which wait for their day, and which rooms have been installed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from aftersign.kernel.journal import queries as journal
from aftersign.policy.models import Edition


def is_awaited() -> bool:
    """Whether an edition waits for its day."""
    return Edition.objects.filter(in_force_from=None).exists()


def awaited() -> list[tuple[date, Edition]]:
    """Editions that were issued and have not taken effect, with their days, the earliest first."""
    issued = journal.of_order(None, names=("policy.issued",), private=False)
    days = {UUID(fact.unit_id): date.fromisoformat(fact.payload["effective_on"]) for fact in issued}
    waiting = Edition.objects.filter(in_force_from=None, pk__in=days)
    return sorted(((days[each.pk], each) for each in waiting), key=lambda pair: (pair[0], pair[1].drafted_at))


def installed_rooms() -> set[str]:
    """The rooms that have been stated."""
    return {fact.payload["room"] for fact in journal.of_order(None, names=("policy.room_installed",), private=False)}
