"""Smaller forms beside the main line: questions, recalling, explaining, the original, corrections."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.acts import Session
from aftersign.chapters.handover.models import Explanation
from aftersign.chapters.handover.queries import Standing
from aftersign.chapters.handover.reading import Line
from aftersign.kernel.clock import eras, now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import people
from aftersign.kernel.shell.fields import FilesField, PersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Chips, Ticks
from aftersign.kernel.vault.taking import Kept, NotTaken, take
from aftersign.orders.models import Order


class AskForm(ActForm):
    """A receiver's question."""

    text = forms.CharField(
        label=_("New question"), max_length=500, error_messages={"required": _("Write the question.")}
    )


class AnswerForm(ActForm):
    """The giver's answer."""

    text = forms.CharField(label=_("Answer"), max_length=1000, error_messages={"required": _("Write the answer.")})


class ReasonForm(ActForm):
    """Why a copy is recalled or a question withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=300, error_messages={"required": _("Say why.")})


class ExplainForm(ActForm):
    """A meeting in which key points were explained: when, how, to which departments, who was there, which points."""

    held_at = forms.DateTimeField(
        label=_("Held at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    channel = forms.ChoiceField(label=_("How"), choices=Explanation.Channel.choices, widget=Chips)
    copies = forms.MultipleChoiceField(label=_("Departments"), widget=Ticks)
    attendees = forms.ModelMultipleChoiceField(label=_("People present"), queryset=people(), widget=Ticks)
    points = forms.MultipleChoiceField(label=_("Points explained"), widget=Ticks)

    def __init__(self, request: HttpRequest, order: Order, *, standing: Standing, points: list[Line]) -> None:
        self.live = {str(copy.pk): copy for copy in standing.live}
        numbers = [point.no for point in points]
        begun = {"held_at": now(), "channel": Explanation.Channel.ONLINE, "copies": list(self.live), "points": numbers}
        super().__init__(request, order, initial=begun)
        told = people().filter(department__in=[copy.department_id for copy in standing.live])
        cast("forms.ModelMultipleChoiceField[Person]", self.fields["attendees"]).queryset = told
        offer_choices(self, "copies", [(pk, copy.department.name) for pk, copy in self.live.items()])
        offer_choices(self, "points", [(point.no, point.said["text"]) for point in points])

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the copies, the meeting and the points."""
        typed = self.cleaned_data
        return {
            "copies": tuple(self.live[pk] for pk in typed["copies"]),
            "session": Session(typed["held_at"], typed["channel"], tuple(typed["attendees"])),
            "points": tuple(typed["points"]),
        }


class OriginalForm(ActForm):
    """Records say who keeps the original contract and where, and add the receipt."""

    keeper = PersonField(label=_("Keeper"))
    place = forms.CharField(label=pgettext_lazy("of a paper", "Place"), max_length=120)
    receipt = FilesField(label=_("Receipt"))

    def __init__(self, request: HttpRequest, order: Order) -> None:
        super().__init__(request, order, initial={"keeper": request.user.pk})
        cast(PersonField, self.fields["keeper"]).queryset = people().filter(department__code="records")

    def clean_receipt(self) -> Kept:
        """Take the file in; raises `ValidationError` with the reason why not."""
        try:
            return take(self.cleaned_data["receipt"][0])
        except NotTaken as fault:
            raise ValidationError(str(fault)) from fault

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: keeper, place and receipt."""
        return {name: self.cleaned_data[name] for name in ("keeper", "place", "receipt")}


class CorrectionForm(ActForm):
    """What of an accepted handover turned out wrong, what is right, and how the mistake came about."""

    item = forms.ChoiceField(label=_("What is wrong"))
    new = forms.CharField(label=_("What is right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    cause = forms.CharField(label=_("How the mistake came about"), max_length=500)

    def __init__(self, request: HttpRequest, order: Order, *, standing: Standing) -> None:
        super().__init__(request, order)
        form = standing.form
        self.signed = (
            {item: next(iter(text.values()), "") for item, text in form.content.items().items()} if form else {}
        )
        offer_choices(
            self,
            "item",
            [(item, f"{labels.item(item)}: {eras.rewritten(old)}"[:90]) for item, old in self.signed.items()],
        )

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the place, what the signed text says there, what is right, and why."""
        typed = self.cleaned_data
        return {key: typed[key] for key in ("item", "new", "cause")} | {"old": self.signed[typed["item"]]}


def offer_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Let a field of a form be chosen from these."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices
