"""Rows of the form: requirements of the customer, and special matters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import MATTERS, OPEN_QUESTION, REQUIREMENTS
from aftersign.kernel.shell.rows import RowForms

_said = lazy(labels.field, str)


def _text(name: str, longest: int = 500) -> forms.CharField:
    return forms.CharField(
        label=_said(name), required=False, max_length=longest, widget=forms.Textarea(attrs={"rows": 1})
    )


def _line(name: str, longest: int = 120) -> forms.CharField:
    return forms.CharField(label=_said(name), required=False, max_length=longest)


class RequirementRow(forms.Form):
    """What the customer requires, where that is written, how much it matters, and how it will be judged."""

    no = forms.CharField(required=False, widget=forms.HiddenInput)
    statement = _text("statement")
    source = _line("source")
    priority = forms.ChoiceField(
        label=_said("priority"), required=False, choices=list(labels.PRIORITIES.items()), initial="must"
    )
    criterion = _text("criterion")

    def clean(self) -> dict[str, Any]:
        """Ask for the requirement itself where anything else has been written."""
        said = self.cleaned_data
        if (said.get("source") or said.get("criterion")) and not said.get("statement"):
            self.add_error("statement", _("Write the requirement."))
        return said


class MatterRow(forms.Form):
    """Something beyond the contract that the departments must know, and whether it is a key point."""

    no = forms.CharField(required=False, widget=forms.HiddenInput)
    text = _text("text")
    nature = forms.ChoiceField(
        label=_said("nature"),
        required=False,
        choices=[("", gettext_lazy("Choose one")), *labels.NATURES.items()],
    )
    owner = _line("owner", 60)
    key = forms.BooleanField(label=_said("key"), required=False, widget=forms.CheckboxInput({"class": "ck"}))

    def clean(self) -> dict[str, Any]:
        """Ask for the matter, for its nature, and for the owner of an open question."""
        said = self.cleaned_data
        if not (said.get("text") or said.get("owner")):
            return said
        if not said.get("text"):
            self.add_error("text", _("Write what the matter is."))
        if not said.get("nature"):
            self.add_error("nature", _("Choose what kind of matter this is."))
        if said.get("nature") == OPEN_QUESTION and not said.get("owner"):
            self.add_error("owner", _("Name who owns this open question."))
        return said


ROW_FORMS = {
    REQUIREMENTS: RowForms(RequirementRow, add=gettext_lazy("Add a requirement")),
    MATTERS: RowForms(MatterRow, add=gettext_lazy("Add a matter")),
}
