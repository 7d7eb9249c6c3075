"""The table of requests for an exception: a waiver, an extension, a release or the withdrawal of a fact."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general import states
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, Edition, StatedFact


class Kind(models.TextChoices):
    """What can be asked for."""

    WAIVER = "waiver", _("Waiver")
    EXTENSION = "extension", _("Extension")
    RELEASE = "release", _("Release")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


_ASKED_BY_ANOTHER = Q(decided_by=None) | ~Q(decided_by=F("requester"))


class Request(models.Model):
    """Somebody asks for an exception, and others decide; it stays visible whatever came of it.

    `duty` is what is to be waived or extended, `fact` what is to be withdrawn; neither row is promised to be there
    still, because duties are derived. `term`, `act`, `unit` and `unit_id` say which gate is to let pass what. The
    approvers are those of `edition`. `ruling` is the fact by which it was approved. A withdrawal that the author was
    free to make alone is approved by nobody. `version` counts what has been done to it.
    """

    MOVES: ClassVar = frozenset(states.REQUEST)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=20, default=states.OPEN)
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="exceptions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(
        Duty, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="exceptions"
    )
    fact = models.ForeignKey(
        StatedFact, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="exceptions"
    )
    fact_name = models.CharField(max_length=80, blank=True, default="")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=40, blank=True, default="")
    term = models.CharField(max_length=40, blank=True, default="")
    act = models.CharField(max_length=80, blank=True, default="")
    unit = models.CharField(max_length=40, blank=True, default="")
    unit_id = models.CharField(max_length=64, blank=True, default="")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    until = models.DateField(null=True)
    old_due = models.DateTimeField(null=True)
    new_due = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True, default="")
    ruling = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "duty"], condition=Q(state__in=states.WAITING), name="one_waiting_request_a_duty"
            ),
            models.UniqueConstraint(
                fields=["fact"], condition=Q(state__in=states.WAITING), name="one_waiting_request_a_fact"
            ),
            models.UniqueConstraint(
                fields=["term", "act", "unit_id"],
                condition=Q(kind="release", state__in=states.WAITING),
                name="one_waiting_request_a_gate",
            ),
            models.CheckConstraint(condition=_ASKED_BY_ANOTHER, name="nobody_decides_on_their_own_request"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | (~Q(agreed_by=F("requester")) & ~Q(agreed_by=F("decided_by"))),
                name="two_others_agree",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawal") | ~Q(state__in=states.GRANTED) | Q(decided_by__isnull=False),
                name="an_exception_has_an_approver",
            ),
            models.CheckConstraint(
                condition=~Q(kind="release") | ~Q(state__in=states.GRANTED) | Q(agreed_by__isnull=False),
                name="a_release_has_two_approvers",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(state__in=states.WAITING), name="requests_waiting"),
            models.Index(fields=["order", "kind"], name="requests_of_order"),
            models.Index(fields=["clause", "kind"], name="requests_of_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def askers(self) -> frozenset[UUID]:
        """The people who asked: who entered the request, and on whose behalf."""
        return frozenset(each for each in (self.requester_id, self.on_behalf_of_id) if each)

    @property
    def first_hands(self) -> frozenset[UUID]:
        """The people who agreed first, of two: who did, and on whose behalf."""
        return frozenset(each for each in (self.agreed_by_id, self.agreed_for_id) if each)
