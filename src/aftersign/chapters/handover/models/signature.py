"""Signatures under a version, and the paper on which one was given by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover.models.form import FormVersion, Handover, HandoverCopy
from aftersign.chapters.handover.withdrawable import Everything, Standing
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Order

FRESH = timedelta(minutes=10)
"""How long a signature can be withdrawn by one press."""


class Signature(models.Model):
    """A signature under one version: by the giver, or by a receiver for a copy; never changed, perhaps withdrawn.

    `name` is what the signer was called then; `received_at` when the version that a receiver signed had reached them;
    `parts_read` of `parts` is how much of the text had been seen on the page, both 0 where no page has told.
    """

    class Method(models.TextChoices):
        """How it was shown who signs."""

        PASSWORD = "password", _("Account and password")
        CODE = "second_factor", _("Account and a code of the second factor")
        PAPER = "paper", _("By hand, on paper")

    class Role(models.TextChoices):
        """On which side somebody signs."""

        GIVER = "giver", _("Handing over")
        RECEIVER = "receiver", _("Receiving")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="signatures")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="signatures")
    copy = models.ForeignKey(HandoverCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=10, choices=Role)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    on_behalf_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    check_value = models.CharField(max_length=64)
    responsibility = models.CharField(max_length=500)
    reservations = models.CharField(max_length=500, blank=True, default="")
    method = models.CharField(max_length=20, choices=Method, default=Method.PASSWORD)
    address = models.CharField(max_length=60, blank=True, default="")
    device = models.CharField(max_length=200, blank=True, default="")
    received_at = models.DateTimeField(null=True, blank=True)
    parts_read = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()
    everything = Everything()

    class Meta:
        ordering: ClassVar = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form"], condition=Q(role="giver", withdrawn_at=None), name="one_giver_a_version"
            ),
            models.UniqueConstraint(
                fields=["form", "copy"], condition=Q(withdrawn_at=None), name="one_receiver_a_copy_and_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

    @property
    def undoable_until(self) -> datetime:
        """Until when it can be withdrawn by one press, where nobody goes on from it before."""
        return self.signed_at + FRESH

    @property
    def took(self) -> timedelta | None:
        """The time from receiving the version to signing it; None of a giver."""
        return self.signed_at - self.received_at if self.received_at else None


class PaperSigning(models.Model):
    """The paper on which a signature was given by hand: its scan, who keeps the original and where."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    signature = models.OneToOneField(Signature, on_delete=models.CASCADE, related_name="paper")
    signed_on = models.DateField()
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    scan = models.FileField(upload_to="papers/")
    scan_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.place
