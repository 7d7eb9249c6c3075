"""What a signer fills in: a declaration, the points they confirm, and the password that proves who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover.acts import Ceremony
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.queries.read import ReadCopy
from aftersign.chapters.handover.reading import Line
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell.forms import ActForm

ASIDE = "aside"
"""The button by which a copy that was read is put aside."""


class PasswordForm(ActForm):
    """A form that is signed: the password is asked once more, and failing locks as it does at sign-in."""

    responsibility = forms.CharField(
        label=gettext_lazy("Responsibility"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    password = forms.CharField(
        label=gettext_lazy("Your password, to confirm that it is you"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        """Prove who signs; raises `ValidationError` for a wrong password and after too many of them."""
        person, said = self.request.user, str(self.cleaned_data["password"])
        proven = get_adapter(self.request).authenticate(self.request, username=person.get_username(), password=said)
        if proven is None or proven.pk != person.pk:
            raise ValidationError(_("This password is wrong. Type the one with which you sign in."))
        return said


class AcceptForm(PasswordForm):
    """A receiver ticks what they have looked at, point by point, and signs for their copy, now or with others later."""

    check_value = forms.CharField(widget=forms.HiddenInput)
    papers = forms.BooleanField(error_messages={"required": gettext_lazy("Check the papers against the list.")})
    reservations = forms.CharField(
        label=gettext_lazy("Reservations"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )

    def __init__(self, request: HttpRequest, copy: HandoverCopy, *, points: list[Line], changes: int) -> None:
        duty = _("From now on %(department)s answers for carrying out version %(version)s.") % {
            "department": copy.department.name,
            "version": copy.form.number,
        }
        super().__init__(request, copy, initial={"responsibility": duty, "check_value": copy.form.check_value})
        self.points = points
        if changes:
            unread = _("Read what has changed in this version.")
            self.fields["changes"] = forms.BooleanField(error_messages={"required": unread})
        for point in points:
            unheard = _("Confirm key point %(number)s.") % {"number": point.key_number}
            self.fields[f"point-{point.no}"] = forms.BooleanField(error_messages={"required": unheard})
        self.fields["password"].required = not self.is_put_aside

    def clean_password(self) -> str:
        """Prove who signs; whoever only reads needs no password."""
        return "" if self.is_put_aside else super().clean_password()

    @property
    def is_put_aside(self) -> bool:
        """Whether the copy was read to be signed for later: no password is asked, and nothing is signed."""
        return ASIDE in self.data

    @property
    def point_ticks(self) -> list[dict[str, Any]]:
        """The key points with the names of their boxes, and whether they have been ticked."""
        names = {f"point-{each.no}": each for each in self.points}
        return [{"name": name, "point": each, "ticked": bool(self.data.get(name))} for name, each in names.items()]

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the text that was read, the key points that were ticked, and the declaration."""
        typed = self.cleaned_data
        points = tuple(each.no for each in self.points if typed.get(f"point-{each.no}"))
        ceremony = Ceremony(responsibility=typed["responsibility"], reservations=typed["reservations"])
        return {"check_value": typed["check_value"], "points": points, "ceremony": ceremony}


class TogetherForm(PasswordForm):
    """One password for all the copies that are chosen among those that the signer has read."""

    responsibility = None  # type: ignore[assignment]

    def __init__(self, request: HttpRequest, read: Sequence[ReadCopy]) -> None:
        super().__init__(request)
        self.read = read
        ids = [(str(each.copy.pk), str(each.copy)) for each in read]
        nothing = {"required": gettext_lazy("Choose what you sign for.")}
        self.fields["copies"] = forms.MultipleChoiceField(choices=ids, error_messages=nothing)

    @property
    def chosen(self) -> list[ReadCopy]:
        """Those for which a signature is given."""
        return [each for each in self.read if str(each.copy.pk) in self.cleaned_data["copies"]]

    def refuse_one(self, each: ReadCopy, refused: Refused) -> None:
        """Say what stands in the way of one copy, with the order and the department that it is about."""
        which = {"order": each.copy.order.number, "department": each.copy.department.name}
        sentence = _("%(order)s, copy of %(department)s: %(sentence)s")
        refusals = (replace(one, sentence=sentence % (which | {"sentence": one.sentence})) for one in refused.refusals)
        self.refuse(Refused(tuple(refusals)))

    @property
    def lines(self) -> list[tuple[ReadCopy, bool]]:
        """Each copy that was read, and whether its box is ticked: at first, all of them."""
        ticked = self["copies"].value() or () if self.is_bound else [str(each.copy.pk) for each in self.read]
        return [(each, str(each.copy.pk) in ticked) for each in self.read]
