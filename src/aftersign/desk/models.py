"""Tables of the desk: tables of running orders on their way in, with the files that were sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person

SENT, LOOKING, LOOKED, TAKING, TAKEN = "sent", "looking", "looked", "taking", "taken"
AT_WORK = (LOOKING, TAKING)


class OrderTable(models.Model):
    """A table of running orders that somebody sent: sent, being looked at, looked at, being taken in, taken in.

    `chart` says which column gives what, `heads` are the columns; `stage` is that of rows which name none. With
    `is_partly` good rows come in without bad ones. `found` is what looking or taking in has found, `fault` why neither
    was possible. `sent_by` is whoever asked last, and may have acted for somebody; nobody else sees it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=SENT)
    state_at = models.DateTimeField()
    heads = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    chart_name = models.CharField(max_length=40, blank=True, default="")
    chart = models.JSONField(default=dict)
    stage = models.CharField(max_length=40, blank=True, default="")
    is_partly = models.BooleanField(default=False)
    found = models.JSONField(default=dict)
    fault = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-sent_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["state_at"], condition=Q(state__in=AT_WORK), name="tables_at_work"),
            models.Index(fields=["sent_by", "sent_at"], name="tables_of_person"),
        ]

    def __str__(self) -> str:
        return self.name


class OrderTableFile(models.Model):
    """A file of a table: the table itself, or one that is joined to it. It goes once the table has come in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table = models.ForeignKey(OrderTable, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "name"], name="one_file_a_name")]
