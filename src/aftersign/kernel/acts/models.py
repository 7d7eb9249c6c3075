"""What the doorway remembers: keys of acts done, so that a repeated attempt answers alike, and refused attempts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from aftersign.kernel.clock.ids import new_id


class DoneAct(models.Model):
    """An act that was done under an idempotency key, with the unit that it answered with."""

    key = models.CharField(primary_key=True, max_length=80)
    actor_id = models.UUIDField(null=True)
    act = models.CharField(max_length=80)
    body = models.CharField(max_length=64)
    unit = models.CharField(max_length=40, blank=True)
    unit_id = models.CharField(max_length=36, blank=True)
    done_at = models.DateTimeField()


class RefusedAct(models.Model):
    """An attempt that the doorway refused; counted into one fact a day, never a fact of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=36)
    order_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    terms = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    refused_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["refused_at"], name="refused_by_time")]
