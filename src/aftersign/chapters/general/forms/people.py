"""Listing and changing people: who they are, where they work, and what their account may do."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.chapters.general.acts import Secret
from aftersign.kernel.org.models import Department, Language, Person
from aftersign.kernel.org.queries import departments
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Chips, Tick


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the open departments."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Department.objects.filter(closed_on=None).order_by("name"), **kwargs)


class ListForm(ActForm):
    """Somebody who begins to work here; their password is made for them and shown once."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    account = forms.RegexField(
        label=_("Account"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=60,
        error_messages={"invalid": _("Write the account in letters, digits, dots and dashes")},
    )
    department = DepartmentField(label=_("Department"), empty_label=_("Choose a department"))
    title = forms.CharField(label=_("Job title"), max_length=60, required=False)
    email = forms.EmailField(label=_("Mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=Chips)
    is_administrator = forms.BooleanField(label=_("Administrator"), required=False, widget=Tick)
    is_auditor = forms.BooleanField(label=_("Auditor"), required=False, widget=Tick)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, initial={"language": Language.ZH_HANS, "department": request.GET.get("department")})
        self.secret = Secret.new()

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: everything typed, and the password that was made."""
        return {**self.cleaned_data, "password": self.secret}


class MoveForm(ActForm):
    """Where somebody works from now on, and how they are called and reached."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=60)
    department = DepartmentField(label=_("Department"), empty_label=_("Choose a department"))
    title = forms.CharField(label=_("Job title"), max_length=60, required=False)
    email = forms.EmailField(label=_("Mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=Chips)

    def __init__(self, request: HttpRequest, person: Person) -> None:
        now = {name: getattr(person, name) for name in ("name", "title", "email", "language")}
        super().__init__(request, person, initial=now | {"department": person.department_id})


class AccountForm(ActForm):
    """What an account may do, and whether it is open."""

    is_administrator = forms.BooleanField(
        label=_("Administrator"),
        help_text=_("Keeps people, departments and settings; does no business by that."),
        required=False,
        widget=Tick,
    )
    is_auditor = forms.BooleanField(
        label=_("Auditor"), help_text=_("Reads everything and states nothing."), required=False, widget=Tick
    )
    is_active = forms.BooleanField(
        label=_("May sign in"),
        help_text=_("Without it the account is closed at once; duties and posts stay."),
        required=False,
        widget=Tick,
    )

    def __init__(self, request: HttpRequest, person: Person) -> None:
        now = {name: getattr(person, name) for name in ("is_administrator", "is_auditor", "is_active")}
        super().__init__(request, person, initial=now)


def offer_departments(form: forms.Form, name: str, but: Department | None = None) -> None:
    """Let a field of a form be chosen from the open departments, without one of them."""
    rows = departments().exclude(pk=but.pk) if but else departments()
    cast("forms.ModelChoiceField[Department]", form.fields[name]).queryset = rows
