"""Giving out the next number of a kind of document: without gaps, because it is rolled back with its act."""

from __future__ import annotations

from django.db.models import F

from aftersign.kernel.numbers.models import Counter


def next_number(prefix: str, year: int) -> str:
    """The next number, such as `SO-2026-0187`; must run inside the act that uses it."""
    counter = Counter.objects.filter(prefix=prefix, year=year)
    if not counter.update(last=F("last") + 1):  # the row stays locked from here on
        Counter.objects.bulk_create([Counter(prefix=prefix, year=year)], ignore_conflicts=True)
        counter.update(last=F("last") + 1)
    return f"{prefix}-{year}-{counter.values_list('last', flat=True)[0]:04d}"


def skip(count: int) -> None:
    """Let all numbers jump, so that none is given out again that a lost fact had on its papers."""
    Counter.objects.update(last=F("last") + count)
