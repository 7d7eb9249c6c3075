"""What the shell remembers for people: drafts of forms they have not sent yet, and views of lists they have named."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Person

LONGEST_NAME = 80
"""Characters that the name of a list or a form, and what a draft is about, have at most."""


class Draft(models.Model):
    """What a person has typed into a form and not sent: one a form and subject (the unit's id, or nothing)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=LONGEST_NAME)
    subject = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "form", "subject"], name="one_draft_a_form_and_subject")
        ]

    def __str__(self) -> str:
        return self.form


class Sharing(models.TextChoices):
    """Who sees a saved view beside its owner."""

    NOBODY = "", _("Only me")
    DEPARTMENT = "department", _("My department")
    COMPANY = "company", _("The whole company")


class SavedView(models.Model):
    """A list's filters, order and columns under a name; at most one of a person's views opens a list by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=LONGEST_NAME)
    label = models.CharField(max_length=60)
    query = models.TextField(blank=True, default="")
    shared_with = models.CharField(max_length=12, choices=Sharing, blank=True, default=Sharing.NOBODY)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "list_name", "label"], name="one_view_a_label"),
            models.UniqueConstraint(
                fields=["owner", "list_name"], condition=Q(is_default=True), name="one_default_view_a_list"
            ),
        ]

    def __str__(self) -> str:
        return self.label
