"""Tables of the policy at work: editions, the duties derived from the journal, and what was told about them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Order


class EditionState(models.TextChoices):
    """How an edition stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Edition(models.Model):
    """A rulebook that was drafted or is or was in force; `files` holds its texts by file name.

    `changes` are its differences from the edition in force when it was drafted, as the fact of the draft lists them;
    `effective_on` is the day for which it was issued.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rulebook = models.CharField(max_length=60)
    version = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    drafted_at = models.DateTimeField()
    drafter = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, default="")
    changes = models.JSONField(default=list)
    issued_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    in_force_from = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    approver = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.version

    @property
    def first_day(self) -> date | None:
        """The day with whose first minute it came into force."""
        return timezone.localtime(self.in_force_from).date() if self.in_force_from else None

    @property
    def state(self) -> EditionState:
        """How it stands now."""
        if self.replaced_at is not None:
            return EditionState.REPLACED
        if self.in_force_from is not None:
            return EditionState.IN_FORCE
        if self.withdrawn_at is not None:
            return EditionState.WITHDRAWN
        return EditionState.ISSUED if self.issued_at is not None else EditionState.DRAFT


class DutyState(models.TextChoices):
    """The states of a duty, as the grammar names them."""

    OPEN = "open"
    PAUSED = "paused"
    DONE = "done"
    DONE_LATE = "done_late"
    BREACHED = "breached"
    WAIVED = "waived"
    VOID = "void"
    NOT_APPLICABLE = "not_applicable"


UNFINISHED = (DutyState.OPEN, DutyState.PAUSED, DutyState.BREACHED)


class Duty(models.Model):
    """What the policy made of a fact; derived, so that a rebuild from the journal gives the same row.

    `unit_id` is the id of what it is about ("company" for the company itself); `period` the first day of a cycle's
    period, else empty; `left` what remains of the time while it is paused; `edition` the one under which it was opened.
    """

    # Rows are written by the million: a foreign key has no index of its own where one below begins with it, or where
    # nobody ever asks by it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="duties", db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="duties", db_index=False)
    term = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    room = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    unit = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=64)
    period = models.CharField(max_length=40, blank=True, default="")
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=20, choices=DutyState)
    extended = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    breached_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="duties", db_index=False)
    owner_department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="duties", db_index=False
    )
    without_owner = models.BooleanField(default=False)
    cause = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["order", "state"], name="duty_of_order"),
            # With what a desk counts by, so that a head's thousands are counted without a look at the table.
            models.Index(fields=["owner", "state", "due_at", "edition", "term", "extended"], name="duty_of_owner"),
            models.Index(
                fields=["owner_department", "owner", "due_at"],
                name="duty_of_department",
                condition=Q(state__in=("open", "paused", "breached")),
            ),
            models.Index(fields=["clause", "state", "due_at"], name="duty_of_clause"),
            models.Index(
                fields=["clause", "due_at", "id"],
                name="unfinished_of_clause",
                condition=Q(state__in=("open", "paused", "breached")),
            ),
            models.Index(fields=["due_at", "id"], name="duty_by_due"),
            models.Index(
                fields=["edition", "order"],
                name="unfinished_duty",
                condition=Q(state__in=("open", "paused", "breached")),
            ),
            # The same for what many departments owe.
            models.Index(
                fields=["due_at"],
                include=["owner", "owner_department", "order", "edition", "term", "state", "extended"],
                name="unfinished_by_due",
                condition=Q(state__in=("open", "paused", "breached")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.unit_id} {self.period}".strip()


class Tally(models.Model):
    """How many duties of a clause stood how when a worker last counted them, by the department that owes them."""

    counted_at = models.DateTimeField()
    clause = models.CharField(max_length=40)
    department = models.UUIDField(null=True)
    state = models.CharField(max_length=20)
    extended = models.BooleanField()
    number = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["counted_at", "clause"], name="tally_of_clause")]

    def __str__(self) -> str:
        return f"{self.clause} {self.state} {self.number}"


class StatedFact(models.Model):
    """A fact of the journal as a unit of its own, which a withdrawal is about; read here, written by the journal alone.

    `order` is None for a fact of the company.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    sequence = models.BigIntegerField()
    order = models.ForeignKey(Order, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    fact = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=36)
    at = models.DateTimeField()
    entered = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "journal"

    def __str__(self) -> str:
        return f"{self.sequence} {self.fact}"

    @property
    def authors(self) -> frozenset[uuid.UUID]:
        """The people who stated it: who entered it, and on whose behalf; nobody for the house's own hands."""
        hands = (self.actor_id, self.on_behalf_of) if self.actor_kind == "person" else ()
        return frozenset(each for each in hands if each)


class ToldStep(models.Model):
    """A breach or an escalation step that was told, once; it stays when a late entry makes the breach fall away."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty_id = models.UUIDField()
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    step = models.CharField(max_length=60)
    role = models.CharField(max_length=60, blank=True, default="")
    due_at = models.DateTimeField()
    told = models.JSONField(default=list)
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["duty_id", "step"], name="a_step_is_told_once")]
        indexes: ClassVar = [models.Index(fields=["order"], name="told_of_order")]


class ShownBreach(models.Model):
    """From when to when a duty was shown as breached, where a later entry made it done in time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty_id = models.UUIDField(db_index=True)
    from_at = models.DateTimeField()
    until = models.DateTimeField()


class CaseClock(models.Model):
    """When time alone next changes a case: an order's, or the company's (no order)."""

    order = models.OneToOneField(Order, null=True, on_delete=models.CASCADE, related_name="clock")
    next_step_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_step_at"], name="next_step", condition=Q(next_step_at__isnull=False))
        ]
