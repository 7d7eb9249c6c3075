"""Naming a deputy: who, from when, until when."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.queries import today
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.fields import DayField, NamedPersonField
from aftersign.kernel.shell.forms import ActForm

A_WEEK = timedelta(days=7)


class DeputyForm(ActForm):
    """Who acts on behalf of a person, and in which days; both count."""

    deputy = NamedPersonField(label=_("Deputy"))
    from_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))

    def __init__(self, request: HttpRequest, person: Person) -> None:
        day = today()
        super().__init__(request, person, initial={"from_on": day, "until": day + A_WEEK})
