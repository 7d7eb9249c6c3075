"""Tables of the seal: what is to be sealed, by the fact that asks for it, and the sealed forms themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from aftersign.kernel.clock import new_id
from aftersign.kernel.seal.faults import SENTENCES

WAITING, SEALED, DROPPED = "waiting", "sealed", "dropped"


class ToSeal(models.Model):
    """A form of a unit that is to be sealed because a fact (`cause`) asks for it; once for each such fact.

    It waits, is sealed, or was dropped because the fact no longer stands. A worker that has it in hand leaves its
    `claim`; after a failure `fault` and `detail` say why, and `next_at` when it is tried again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.CharField(max_length=60)
    unit_kind = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=36)
    order_id = models.UUIDField(null=True)
    cause = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, default=WAITING)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True, default="")
    detail = models.CharField(max_length=500, blank=True, default="")
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(state=WAITING), name="forms_to_seal"),
            models.Index(fields=["unit_id", "form"], name="to_seal_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.unit_id}"

    @property
    def why_not(self) -> str:
        """Why it could not be sealed so far, in a sentence; nothing while that was not tried, or went well."""
        return str(SENTENCES.get(self.fault, ""))


class SealedForm(models.Model):
    """A sealed form as it was kept: `sha256` is that of the file, `certificate` that of the certificate that sealed it.

    `category` is the class of documents to which it belongs, in the policy's words. A form whose cause was withdrawn
    afterwards is void; the file stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked = models.OneToOneField(ToSeal, on_delete=models.PROTECT, related_name="sealed")
    form = models.CharField(max_length=60)
    unit_kind = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=36)
    order_id = models.UUIDField(null=True)
    number = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    category = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="papers/")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    certificate = models.CharField(max_length=64)
    issuer = models.CharField(max_length=200, blank=True, default="")
    is_timestamped = models.BooleanField(default=False)
    sealed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["sealed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "unit_id", "version"], condition=Q(voided_at=None), name="one_sealed_form_a_version"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["order_id", "sealed_at"], name="sealed_forms_of_order")]

    def __str__(self) -> str:
        return self.name
