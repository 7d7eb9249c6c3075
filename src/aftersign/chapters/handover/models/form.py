"""The form and its sealed versions, and the departments' copies of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from aftersign.chapters.handover import content, states
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Order


class Handover(models.Model):
    """The handover of one order: its form by number, and how far it has come.

    `latest` counts the submitted versions; `accepted_at` is when every mandatory department had accepted the latest.
    """

    MOVES: ClassVar = frozenset(states.FORM)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="handover")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, default="draft")
    latest = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.number


class FormVersion(models.Model):
    """What was submitted, word for word: `text` is the canonical JSON, `check_value` its SHA-256; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    check_value = models.CharField(max_length=64, db_index=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["handover", "number"], name="one_form_a_version")]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a submitted form is never changed")
        super().save(*args, **kwargs)

    @cached_property
    def content(self) -> content.Content:
        """The form as it was submitted."""
        return content.parse(self.text)

    @property
    def holds(self) -> bool:
        """Whether the text still has the check value under which it was submitted."""
        return content.check_value_of(self.text) == self.check_value


class HandoverCopy(models.Model):
    """The copy of one department; `form` is the version it holds, `since` the one it last answered to.

    `received_at` is when the version it holds was sent, `answered_at` when that was accepted or returned; `word` is
    the name under which the policy demands this department, empty for a further one.
    """

    MOVES: ClassVar = frozenset(states.COPY)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="handover_copies")
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="copies")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="handover_copies")
    word = models.CharField(max_length=60, blank=True, default="")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    since = models.ForeignKey(FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="sent")
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["sent_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handover", "department"], condition=~Q(state="recalled"), name="one_live_copy_a_department"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["department", "state"], name="copies_waiting")]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.department_id}"

    @property
    def key(self) -> str:
        """How addresses name the copy: by the code of its department, else by the department's id."""
        return self.department.code or str(self.department_id)
