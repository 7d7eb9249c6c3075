"""What stands beside the form: meetings in which it was explained, the original contract, corrections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover.models.form import Handover, HandoverCopy
from aftersign.chapters.handover.withdrawable import Everything, Standing
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order


class Explanation(models.Model):
    """A meeting, face to face or online, in which the giver explained the key points to some departments."""

    class Channel(models.TextChoices):
        """How people met."""

        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="explanations")
    copies = models.ManyToManyField(HandoverCopy, related_name="explanations")
    channel = models.CharField(max_length=20, choices=Channel)
    held_at = models.DateTimeField()
    explainer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    attendees = models.ManyToManyField(Person, related_name="+")
    points = models.JSONField()

    class Meta:
        ordering: ClassVar = ["held_at", "id"]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.held_at}"


class Original(models.Model):
    """The original contract in the keeping of records: who keeps it, where, and the receipt for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    receipt = models.FileField(upload_to="receipts/")
    receipt_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()
    everything = Everything()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order"], condition=Q(withdrawn_at=None), name="one_original_an_order")
        ]

    def __str__(self) -> str:
        return self.place


class Correction(models.Model):
    """Something of an accepted handover that turned out wrong, with what is right instead and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="corrections")
    item = models.CharField(max_length=120)
    old = models.CharField(max_length=1000, blank=True, default="")
    new = models.CharField(max_length=1000, blank=True, default="")
    cause = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()
    everything = Everything()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.item
