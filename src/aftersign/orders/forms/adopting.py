"""Taking in an order that was running before the system, as a registration that says how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.shell.fields import DayField
from aftersign.kernel.units import words
from aftersign.orders.forms.registering import RegistrationForm


def stages() -> list[tuple[str, str]]:
    """The stages of the policy with their labels."""
    language = get_language() or "zh-hans"
    return [(name, words.label("stage", name, language)) for name in words.members("stages")]


@dataclass(frozen=True)
class StageChoice:
    """A stage to choose, for whoever can say what it stands for and what opens with it."""

    form: AdoptionForm
    name: str
    label: str
    chosen: bool


class AdoptionForm(RegistrationForm):
    """A registration, the stage that the order has reached, and when the customer accepted if that was before."""

    stage = forms.ChoiceField(label=_("Stage that the order has reached"), choices=stages, widget=forms.RadioSelect)
    accepted_on = DayField(label=_("Accepted by the customer on"), required=False)
    reason = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.initial["signed_on"] = None

    @property
    def form_name(self) -> str:
        """The same as that of a registration, so that what was typed there is taken over."""
        return RegistrationForm.__name__

    @property
    def asks_whether_usual(self) -> bool:
        """Nobody asks whether an order should be adopted instead."""
        return False

    @property
    def choices(self) -> list[StageChoice]:
        """The stages one by one."""
        chosen = self["stage"].value()
        return [StageChoice(self, name, label, name == chosen) for name, label in stages()]

    @property
    def adoption(self) -> dict[str, Any]:
        """What is to be adopted; the form has been checked."""
        given = self.cleaned_data
        accepted_on: date | None = given["accepted_on"]
        return {
            "registration": self.registration,
            "stage": given["stage"],
            "accepted_on": accepted_on,
            "reason": given["reason"],
        }
