"""Tables of the journal: the chain, its tail, private values beside it, and the cursors of its readers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from aftersign.kernel.journal.canonical import GENESIS


class Entry(models.Model):
    """One fact, stated once: its hash covers everything in the row and the hash before it.

    `at` is when it happened, `entered` when it was recorded; `order_id` is empty for a fact of the company. `seen` is
    the sequence of the last company fact that was known when this one was stated. `payload`, `units` and `files` are
    canonical JSON; a private value is replaced by a commitment.
    """

    sequence = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    fact = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=36)
    units = models.TextField()
    order_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    entered = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    payload = models.TextField()
    files = models.TextField()
    request_id = models.CharField(max_length=64)
    seen = models.BigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal"
        indexes: ClassVar = [
            models.Index(fields=["order_id", "sequence"], name="journal_of_order"),
            models.Index(fields=["sequence"], condition=Q(order_id=None), name="journal_of_company"),
            models.Index(fields=["fact", "sequence"], name="journal_by_fact"),
            models.Index(fields=["unit_id", "sequence"], name="journal_of_unit"),
            models.Index(
                fields=["on_behalf_of", "sequence"], condition=Q(on_behalf_of__isnull=False), name="journal_of_deputies"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.fact}"


class PrivateValue(models.Model):
    """A value that the chain only commits to, so that it can be erased without breaking the chain."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="private_values", db_column="sequence", db_index=False
    )
    key = models.CharField(max_length=60)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(null=True)  # noqa: DJ001 (null says erased, an empty text is a value)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "key"], name="one_private_value_a_key")]


class Tail(models.Model):
    """The end of the chain; locked for a moment at the end of each act to number its facts."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_tail")]


class Cursor(models.Model):
    """How far a reader of the journal has come."""

    reader = models.CharField(primary_key=True, max_length=60)
    sequence = models.BigIntegerField(default=0)
