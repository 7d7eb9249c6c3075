"""How people are told of an edition, and that somebody has read it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Tick
from aftersign.policy.models import Edition


class TellForm(ActForm):
    """How everybody is told."""

    channel = forms.CharField(
        label=_("How they are told"),
        max_length=200,
        help_text=_("Everybody also finds it under My work and has to confirm it."),
    )

    def __init__(self, request: HttpRequest, edition: Edition) -> None:
        super().__init__(request, edition, initial={"channel": gettext("A notice in AfterSign, and by mail")})


class AcknowledgeForm(ActForm):
    """That somebody has read an edition."""

    read = forms.BooleanField(label=_("I have read this edition and act by it"), widget=Tick)
