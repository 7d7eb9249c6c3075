"""What is written beside each paper on the list: its version, how many copies there are, and who keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from aftersign.chapters.handover.content import Content, Document

PAPER = "paper-"
LONGEST = {"version": 20, "copies": 3, "holder": 60}


class Standing(forms.TextInput):
    """A field that keeps what stands where a page sends nothing: the paper came onto the list after it was made."""

    def __init__(self, standing: str, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.standing = standing

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was sent, else what stands."""
        return data.get(name, self.standing)


def name_of(document: Document, part: str) -> str:
    """The name of the field for one part of what is written beside a paper."""
    return f"{PAPER}{document.paper}-{part}"


def paper_fields(content: Content) -> dict[str, forms.Field]:
    """The fields of all papers that are there as files."""
    found: dict[str, forms.Field] = {}
    for each in content.documents:
        if each.sha256:
            found[name_of(each, "version")] = _text(each, "version", _("Version of %(name)s") % {"name": each.name})
            found[name_of(each, "copies")] = _number(each)
            holder = _text(each, "holder", _("Who keeps %(name)s") % {"name": each.name}, required=False)
            holder.widget.attrs["placeholder"] = _("Comes with this form")
            found[name_of(each, "holder")] = holder
    return found


def _text(document: Document, part: str, label: str, *, required: bool = True) -> forms.CharField:
    longest = LONGEST[part]
    field = forms.CharField(label=label, required=required, widget=_widget(document, part, label))
    sentence = _("At most %(number)s characters.") % {"number": longest}
    field.validators.append(MaxLengthValidator(longest, sentence))
    return field


def _number(document: Document) -> forms.CharField:
    label = _("Copies of %(name)s") % {"name": document.name}
    sentence = _("A whole number from 1 to 999.")

    def is_number(said: str) -> None:
        if len(said) > LONGEST["copies"] or not said.isdecimal() or not int(said):
            raise ValidationError(sentence)

    widget = _widget(document, "copies", label, inputmode="numeric")
    widget.attrs["class"] = "num"
    return forms.CharField(label=label, widget=widget, validators=[is_number], error_messages={"required": sentence})


def _widget(document: Document, part: str, label: str, **more: str) -> Standing:
    attrs = {"aria-label": label, "maxlength": str(LONGEST[part]), **more}
    return Standing(str(getattr(document, part)), attrs)
