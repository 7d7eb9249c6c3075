"""Batches of a simulation written into the database, each in one transaction: facts and rows, or neither."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from aftersign.cli.simulating.batch import Batch
from aftersign.kernel.journal import bulk, readers
from aftersign.kernel.journal.pouring import Pouring
from aftersign.kernel.numbers.models import Counter

Numbers = Mapping[tuple[str, int], tuple[int, int]]
"""By prefix and year: the last number given out before a batch, and with it."""


class Interfered(Exception):
    """Somebody else has given out numbers meanwhile; nothing of the batch was written."""


def write(batch: Batch, numbers: Numbers, into: Pouring) -> None:
    """Write a batch; its facts follow one another in the order of their entry. Raises `Interfered`."""
    with transaction.atomic():
        pour(batch, numbers, into)


def pour(batch: Batch, numbers: Numbers, into: Pouring) -> None:
    """The same inside a transaction that is open already; nobody is told of a history that nobody lived through."""
    _give_out(numbers)
    batch.drafts.sort(key=lambda pair: pair[0])
    bulk.append([draft for _entered, draft in batch.drafts], into)
    for table, (columns, rows) in batch.tables.items():
        into.pour(table, columns, rows)
    readers.pass_over()


def _give_out(numbers: Numbers) -> None:
    for (prefix, year), (before, last) in sorted(numbers.items()):
        Counter.objects.bulk_create([Counter(prefix=prefix, year=year)], ignore_conflicts=True)
        moved = Counter.objects.filter(prefix=prefix, year=year, last=before).update(last=last)
        if not moved:
            raise Interfered(f"numbers {prefix}-{year} have been given out by somebody else")
