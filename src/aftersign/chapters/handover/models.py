"""Tables of the handover: the form and its sealed versions, the departments' copies, signatures, returns, questions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import content, labels, states
from aftersign.chapters.handover.withdrawable import Everything, Standing
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
    check_value = models.CharField(max_length=64)
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

    @property
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


class Signature(models.Model):
    """A signature under one version: by the giver, or by a receiver for a copy; never changed, perhaps withdrawn."""

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
    on_behalf_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    check_value = models.CharField(max_length=64)
    responsibility = models.CharField(max_length=500)
    reservations = models.CharField(max_length=500, blank=True, default="")
    method = models.CharField(max_length=20, default="password")
    address = models.CharField(max_length=60, blank=True, default="")
    device = models.CharField(max_length=200, blank=True, default="")
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()
    everything = Everything()

    class Meta:
        ordering: ClassVar = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form"], condition=Q(role="giver"), name="one_giver_a_version"),
            models.UniqueConstraint(
                fields=["form", "copy"], condition=Q(withdrawn_at=None), name="one_receiver_a_copy_and_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"


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
