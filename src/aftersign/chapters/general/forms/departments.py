"""Founding, changing and closing departments, and naming who holds a post."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.forms.people import DepartmentField, offer_departments
from aftersign.chapters.general.queries import today
from aftersign.chapters.general.queries.organisation import CODES, Seat
from aftersign.kernel.org.models import Department
from aftersign.kernel.org.queries import departments
from aftersign.kernel.shell.fields import DayField, NamedPersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Tick
from aftersign.kernel.units import words


class DepartmentForm(ActForm):
    """A department: its name and code, who heads it, what stands above it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.ChoiceField(
        label=_("Code"), help_text=_("By the code the policy means this department."), required=False
    )
    head = NamedPersonField(label=_("Head"), required=False)
    above = DepartmentField(label=_("Department above"), required=False, empty_label=_("None: at the top"))
    works_on_orders = forms.BooleanField(
        label=_("Works on orders"), help_text=_("Its people see every order."), required=False, widget=Tick
    )

    def __init__(self, request: HttpRequest, department: Department | None = None) -> None:
        initial = _standing(department) if department else {"works_on_orders": True}
        super().__init__(request, department, initial=initial)
        cast(forms.ChoiceField, self.fields["code"]).choices = _codes(department)
        offer_departments(self, "above", but=department)
        if department and department.above_id:
            cast(DepartmentField, self.fields["above"]).empty_label = None
        if department and department.head_id:
            self.fields["head"].required = True

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes."""
        return self.cleaned_data


def _standing(department: Department) -> dict[str, Any]:
    now = {name: getattr(department, name) for name in ("name", "code", "head", "works_on_orders")}
    return now | {"above": department.above_id}


def _codes(department: Department | None) -> list[tuple[str, Any]]:
    """The codes of the policy that no other department has."""
    own = department.code if department else ""
    taken = set(departments().values_list("code", flat=True)) - {own}
    free = [code for code in dict.fromkeys((*words.members(CODES), own)) if code and code not in taken]
    return [*([] if own else [("", _("None"))]), *((code, code) for code in free)]


class CloseForm(ActForm):
    """Why a department is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PostForm(ActForm):
    """Who holds a post of the company, and from which day."""

    holder = NamedPersonField(label=_("Holder"))
    from_on = DayField(label=_("From"))

    def __init__(self, request: HttpRequest, seat: Seat) -> None:
        super().__init__(request, initial={"holder": seat.holder, "from_on": today()})
