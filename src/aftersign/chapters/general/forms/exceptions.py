"""What people fill in about a duty, a gate or a fact: whom to, until when, and always why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.acts.asking import MOST
from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import people
from aftersign.kernel.shell.dates import exact_day
from aftersign.kernel.shell.fields import DayField, PersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Chips
from aftersign.policy.cards import Card
from aftersign.policy.clocks import due_of
from aftersign.policy.models import Duty
from aftersign.policy.rulebook import Term

HOURS = ("h", "min")


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=MOST, widget=forms.Textarea(attrs={"rows": 3}))


class HandOnForm(ActForm):
    """To whom a duty passes, and why."""

    to = PersonField(label=_("New owner"))
    reason = _reason(_("Reason"))

    def __init__(self, request: HttpRequest, duty: Duty) -> None:
        super().__init__(request, duty)
        cast(PersonField, self.fields["to"]).queryset = people().exclude(
            pk__in=[each for each in (duty.owner_id,) if each]
        )


class WaiverForm(ActForm):
    """Why a duty cannot be met, and until which day that shall hold."""

    until = DayField(label=_("Waived until"))
    reason = _reason(_("Reason"))


class ExtensionForm(ActForm):
    """Until when a duty needs more time, and why; a time of day only where the clause counts hours."""

    day = DayField(label=_("New deadline"))
    clock = forms.TimeField(
        label=_("Time of day"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reason = _reason(_("Reason"))

    def __init__(self, request: HttpRequest, card: Card) -> None:
        super().__init__(request, card.duty)
        self.duty = card.duty
        if not card.term.within.endswith(HOURS) and not _counts_hours(card):
            del self.fields["clock"]

    @property
    def new_due(self) -> datetime:
        """The moment that was chosen; a day alone ends at 24:00."""
        day, at = cast(date, self.cleaned_data["day"]), self.cleaned_data.get("clock")
        local = datetime.combine(day, at) if at else datetime.combine(day + timedelta(days=1), time())
        return timezone.make_aware(local)

    def clean(self) -> dict[str, Any]:
        """Say at the day which deadline it has to come after, while there is one that can still be moved."""
        due = due_of(self.duty) if self.cleaned_data.get("day") else None
        is_in_time = self.duty.due_at is None or self.duty.due_at > now()
        if due is not None and is_in_time and self.new_due <= due:
            sentence = _("The new deadline has to come after the present one, %(due)s.")
            self.add_error("day", sentence % {"due": exact_day(due)})
        return self.cleaned_data

    def refuse(self, refused: Any) -> None:
        """A refusal of the new due time stands at its field."""
        super().refuse(refused)
        if any(each.check == "extension_in_time_and_by_another" for each in refused.refusals):
            self.fields["day"].widget.attrs["aria-invalid"] = "true"


def _counts_hours(card: Card) -> bool:
    """Whether the deadline of the clause is a number of hours."""
    written = card.term.within.removeprefix("$")
    found = card.rulebook.params.get(written)
    return found is not None and str(found.value).endswith(HOURS)


class ReleaseForm(ActForm):
    """Which gate is to let the act pass once, and why the condition cannot be met."""

    term = forms.ChoiceField(label=_("Condition"), widget=Chips)
    reason = _reason(_("Why the condition cannot be met"))

    def __init__(self, request: HttpRequest, terms: list[tuple[Term, str]]) -> None:
        super().__init__(request, initial={"term": terms[0][0].id if terms else ""})
        cast(forms.ChoiceField, self.fields["term"]).choices = [(term.id, said) for term, said in terms]


class WithdrawalForm(ActForm):
    """What was mistaken about a fact."""

    reason = _reason(_("What was mistaken"))


class ApprovalForm(ActForm):
    """An approver agrees."""


class RefusalForm(ActForm):
    """An approver refuses, and says why."""

    reason = _reason(_("Reason"))


class TakingBackForm(ActForm):
    """Whoever asked takes the request back."""
