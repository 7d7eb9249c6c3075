"""What a signer fills in: a declaration, the points they confirm, and the password that proves who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.acts import Ceremony
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.queries.read import ReadCopy
from aftersign.chapters.handover.reading import Line
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell import identity, second_factor
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

    proof = ""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if second_factor.is_set_up(request.user):  # type: ignore[arg-type]
            self.fields["password"].label = _("Your password or a code of the moment, to confirm that it is you")

    def clean_password(self) -> str:
        """Prove who signs; raises `ValidationError` for a wrong password or code, and after too many of them."""
        said = str(self.cleaned_data["password"])
        self.proof = identity.prove(self.request, said)
        return said

    @property
    def actor(self) -> Actor:
        """Whoever signs, with how they have proven themselves."""
        return replace(super().actor, proof=self.proof)


def restart(form: ActForm, copy: HandoverCopy) -> None:
    """Where the page had shown an older version than the copy holds now, begin anew with the one that counts."""
    if form.is_bound and queries.version_seen(copy, form.data.get("check_value", "")):
        form.is_bound, form.data, form.stale = False, {}, True


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
        restart(self, copy)
        self.points, self.parts = points, copy.form.content.parts
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
    def read(self) -> tuple[str, ...]:
        """The parts of the text that the page has seen before the eyes of the reader."""
        said = self.data.getlist("read") if self.is_bound and hasattr(self.data, "getlist") else ()
        return tuple(part for part in self.parts if part in said)

    @property
    def reads_all(self) -> bool:
        """Whether the policy in force asks for the whole text to be read; the order's own edition has the last word."""
        return queries.whole_form_is_demanded()

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
        return {"check_value": typed["check_value"], "points": points, "ceremony": self.ceremony}

    @property
    def ceremony(self) -> Ceremony:
        """What is declared, and what was read of the text."""
        typed = self.cleaned_data
        return Ceremony(typed["responsibility"], typed["reservations"], self.read)


class SignForm(PasswordForm):
    """The giver signs the version that waits for it; where departments hold an older one, with what has changed."""

    check_value = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("What has changed, and why"), max_length=500)

    def __init__(self, request: HttpRequest, standing: queries.Standing) -> None:
        duty = _("The form is complete and true, and every promise made to the customer is in it.")
        value = standing.form.check_value if standing.form else ""
        super().__init__(request, standing.order, initial={"responsibility": duty, "check_value": value})
        if not standing.live:
            del self.fields["note"]

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the text that was read, what has changed, and the declaration."""
        typed = self.cleaned_data
        given = {"check_value": typed["check_value"], "note": typed.get("note", "")}
        return given | {"ceremony": Ceremony(typed["responsibility"])}


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
