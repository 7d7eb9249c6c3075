"""The company: its name, and in which language, time zone and currency it works."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.queries.reckoning import reckons_already
from aftersign.kernel.org.models import Company, Language
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Chips


class CompanyForm(ActForm):
    """What is fixed by the first order is shown, and stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of papers, and of people who have chosen none."),
        choices=Language.choices,
        widget=Chips,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), widget=forms.Select({"translate": "no"}))
    base_currency = forms.CharField(label=_("Base currency"), help_text=_("Three capital letters."), max_length=3)

    def __init__(self, request: HttpRequest, company: Company) -> None:
        self.is_fixed = reckons_already()
        initial = {name: getattr(company, name) for name in ("name", "language", "time_zone", "base_currency")}
        super().__init__(request, company, initial=initial)
        zones = sorted(available_timezones())
        self.fields["time_zone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined]
        for name in ("time_zone", "base_currency"):
            self.fields[name].disabled = self.is_fixed
