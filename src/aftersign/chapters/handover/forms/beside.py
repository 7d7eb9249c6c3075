"""Smaller forms beside the main line: questions, recalling, explaining, the original, corrections."""

from __future__ import annotations

from hashlib import sha256

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.acts import Receipt, Session
from aftersign.chapters.handover.models import Explanation
from aftersign.chapters.handover.queries import Standing
from aftersign.chapters.handover.reading import Line
from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import people
from aftersign.kernel.shell.forms import ActForm
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

    held_at = forms.DateTimeField(label=_("Held at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    channel = forms.ChoiceField(label=_("How"), choices=Explanation.Channel.choices, widget=forms.RadioSelect)
    copies = forms.MultipleChoiceField(label=_("Departments"), widget=forms.CheckboxSelectMultiple)
    attendees = forms.ModelMultipleChoiceField(label=_("People present"), queryset=people())
    points = forms.MultipleChoiceField(label=_("Points explained"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, request: HttpRequest, order: Order, *, standing: Standing, points: list[Line]) -> None:
        self.live = {str(copy.pk): copy for copy in standing.live}
        numbers = [point.no for point in points]
        begun = {"held_at": now(), "channel": Explanation.Channel.ONLINE, "copies": list(self.live), "points": numbers}
        super().__init__(request, order, initial=begun)
        self.fields["copies"].choices = [(pk, copy.department.name) for pk, copy in self.live.items()]
        self.fields["points"].choices = [(point.no, point.said["text"]) for point in points]

    @property
    def session(self) -> Session:
        """The meeting as the act takes it."""
        said = self.cleaned_data
        return Session(said["held_at"], said["channel"], tuple(said["attendees"]))


class OriginalForm(ActForm):
    """Records say who keeps the original contract and where, and add the receipt."""

    keeper = forms.ModelChoiceField(label=_("Keeper"), queryset=people())
    place = forms.CharField(label=_("Place"), max_length=120)
    receipt = forms.FileField(label=_("Receipt"), max_length=200)

    def __init__(self, request: HttpRequest, order: Order) -> None:
        super().__init__(request, order, initial={"keeper": request.user.pk})
        self.fields["keeper"].queryset = people().filter(department__code="records")

    @property
    def received(self) -> Receipt:
        """The receipt as the act takes it."""
        file = self.cleaned_data["receipt"]
        content = file.read()
        return Receipt(file.name, sha256(content).hexdigest(), content)


class CorrectionForm(ActForm):
    """What of an accepted handover turned out wrong, what is right, and how the mistake came about."""

    item = forms.ChoiceField(label=_("What is wrong"))
    new = forms.CharField(label=_("What is right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    cause = forms.CharField(label=_("How the mistake came about"), max_length=500)

    def __init__(self, request: HttpRequest, order: Order, *, standing: Standing) -> None:
        super().__init__(request, order)
        form = standing.form
        self.said = {item: next(iter(text.values()), "") for item, text in form.content.items().items()} if form else {}
        self.fields["item"].choices = [(item, f"{labels.item(item)}: {old}"[:90]) for item, old in self.said.items()]

    @property
    def old(self) -> str:
        """What the signed text says there."""
        return self.said[self.cleaned_data["item"]]
