"""What receivers say to a copy: what they return, and what they ask."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import labels, states
from aftersign.chapters.handover.models.form import FormVersion, HandoverCopy
from aftersign.chapters.handover.withdrawable import Everything, Standing
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order


class ReturnItem(models.Model):
    """One thing on a returned copy that is to be put right, and what was answered to it.

    `item` is a reference as in `Content.items`, or the name of a whole part.
    """

    class Reason(models.TextChoices):
        """Why something is returned."""

        UNCLEAR = "unclear", _("Unclear")
        LACKING = "lacking", _("Incomplete")
        CONTRADICTS = "contradicts", _("Differs from the contract")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    copy = models.ForeignKey(HandoverCopy, on_delete=models.CASCADE, related_name="returned")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="returned")
    item = models.CharField(max_length=120)
    reason = models.CharField(max_length=20, choices=Reason)
    text = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()
    everything = Everything()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.item} {self.reason}"

    @property
    def place(self) -> str:
        """The place in the form that is meant, in words."""
        return labels.item(self.item)


class Question(models.Model):
    """A question about the handover, kept with the form together with its answer."""

    MOVES: ClassVar = frozenset(states.QUESTION)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="handover_questions")
    copy = models.ForeignKey(HandoverCopy, on_delete=models.CASCADE, related_name="questions")
    item = models.CharField(max_length=120, blank=True, default="")
    text = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")
    answer = models.CharField(max_length=1000, blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]

    def __str__(self) -> str:
        return self.text
