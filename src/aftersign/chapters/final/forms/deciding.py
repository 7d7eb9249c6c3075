"""The approval and the withdrawal of an edition."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.fields import DayField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Tick
from aftersign.orders.queries.days import today
from aftersign.policy.models import Edition


class IssueForm(ActForm):
    """The day from which an edition holds, and that its differences were read."""

    effective_on = DayField(label=_("In force from"))
    read = forms.BooleanField(label=_("I have read what differs from the edition in force"), widget=Tick)

    def __init__(self, request: HttpRequest, edition: Edition) -> None:
        super().__init__(request, edition, initial={"effective_on": today(company()) + timedelta(days=1)})


class WithdrawForm(ActForm):
    """Why an edition is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
