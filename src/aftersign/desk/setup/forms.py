"""The form with which the sample company is removed: its name typed, and a password for the empty one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.desk.setup.stock import Stock
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.shell.forms import ActForm

ADMINISTRATOR = "admin"
NEW = {"autocomplete": "new-password"}


class RemovalForm(ActForm):
    """`with_others` is asked only where people or orders would go that are not of the sample company."""

    name = forms.CharField(label=gettext_lazy("Name of the sample company"), max_length=200)
    with_others = forms.BooleanField(
        label=gettext_lazy("What is not of the sample company goes as well"), required=False
    )
    password = forms.CharField(
        label=gettext_lazy("Password for the new administrator"), widget=forms.PasswordInput(attrs=NEW)
    )
    again = forms.CharField(label=gettext_lazy("The same password again"), widget=forms.PasswordInput(attrs=NEW))

    def __init__(self, request: HttpRequest, company: Company, found: Stock) -> None:
        self.company_name = company.name
        super().__init__(request)
        said = {"account": ADMINISTRATOR}
        self.fields["password"].help_text = _("The account is called %(account)s; everybody else is gone.") % said
        if not found.is_foreign:
            self.fields["with_others"].widget = forms.HiddenInput()

    def clean_name(self) -> str:
        """The company's name as it stands above the form."""
        typed = str(self.cleaned_data["name"]).strip()
        if typed != self.company_name:
            raise ValidationError(_("Type the name as it stands above: %(name)s") % {"name": self.company_name})
        return typed

    def clean_password(self) -> str:
        """A password as every other has to be."""
        password = str(self.cleaned_data["password"])
        validate_password(password, Person(account=ADMINISTRATOR))
        return password

    def clean(self) -> dict[str, Any]:
        """Both passwords are one."""
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned
