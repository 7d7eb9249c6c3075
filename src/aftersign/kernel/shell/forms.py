"""The base of every form that runs an act: what it carries along, what refusals become, and how drafts come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.acts.versions import row_version
from aftersign.kernel.clock import new_id
from aftersign.kernel.shell import drafts
from aftersign.kernel.shell.problems import Problem, problems_of, require_in_words
from aftersign.kernel.shell.rows import ADD, DROP, RowForms, Rows

VERSION, KEY, FORM, FOR = "_version", "_key", "_form", "_for"
_LONGEST_KEY = 43
"""A name of ours has 36 signs; behind it goes that of a unit where one form does several acts, and both are kept."""


class ActForm(forms.Form):
    """A form for an act on a unit.

    It carries the version of the unit that the page shows and a key by which a repeated attempt is recognised. With
    `draft` named, what has been typed is kept on the server until the act is done. `row_forms` are the tables within
    it; their values stand in `cleaned_data` under their names.

        form = AcceptForm(request, copy)
        if form.does(lambda: acts.accept_copy(copy, by=form.actor, **form.cleaned_data)):
            return done(request, form.result, _("Accepted"))
        return page_or_part(request, "handover/accept.html", form=form, copy=copy)
    """

    draft: ClassVar[str] = ""
    row_forms: ClassVar[Mapping[str, RowForms]] = {}
    use_required_attribute = False

    def __init__(
        self,
        request: HttpRequest,
        unit: Model | None = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if data is None and request.method == "POST" and request.POST.get(FORM, self.form_name) == self.form_name:
            data, files = request.POST, request.FILES
        self.request, self.unit = request, unit
        self.result: Any = None
        self.stale = self.forbidden = False
        self.refused: list[Problem] = []
        self.refusal: Refused | None = None
        self.saved_draft = drafts.find(request, self.draft, unit) if self.draft and data is None else None
        self.continued = self.saved_draft is not None and drafts.wanted(request)
        if self.continued and self.saved_draft:
            data = drafts.as_sent(self.saved_draft)
        self.unchecked = self.continued or (data is not None and (ADD in data or DROP in data))
        super().__init__(data, files, initial=initial, **kwargs)
        self._carry()
        self.rows = {
            name: Rows(
                name, kind, data=data, files=files, initial=(initial or {}).get(name, ()), checked=not self.unchecked
            )
            for name, kind in self.row_forms.items()
        }
        require_in_words(self)

    def _carry(self) -> None:
        self.fields[VERSION] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.fields[FORM] = forms.CharField(required=False, max_length=_LONGEST_KEY, widget=forms.HiddenInput)
        self.fields[KEY] = forms.CharField(required=False, max_length=_LONGEST_KEY, widget=forms.HiddenInput)
        self.fields[FOR] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
        self.initial.setdefault(VERSION, row_version(self.unit))
        self.initial.setdefault(KEY, str(new_id()))
        self.initial.setdefault(FORM, self.form_name)
        self.initial[FOR] = self.in_whose_name

    @property
    def form_name(self) -> str:
        """How the form is told from others on its page, so that only the one that was sent is bound."""
        return type(self).__name__

    @property
    def in_whose_name(self) -> str:
        """The id of the person in whose name the form is sent: a page of another is not sent unnoticed."""
        actor: Actor | None = getattr(self.request, "actor", None)
        return str(actor.principal.pk) if actor and actor.principal else ""

    @property
    def actor(self) -> Actor:
        """Whoever sends the form, with its key and the version of the unit that was on their page."""
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        carried = getattr(self, "carried", {})
        return actor.with_form(key=carried.get(KEY) or "", version=carried.get(VERSION))

    def full_clean(self) -> None:
        if self.unchecked:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        self.carried = {name: self.cleaned_data.pop(name, None) for name in (VERSION, KEY, FORM, FOR)}
        if self.carried[FOR] and self.carried[FOR] != self.in_whose_name:
            self.refuse(Stale.because(_("This page was opened in another name than the one in which you act now.")))

    def is_valid(self) -> bool:
        """Whether the form was sent and holds, all its rows included."""
        if self.unchecked:
            return False
        holds = super().is_valid() and False not in [rows.is_valid() for rows in self.rows.values()]
        if holds:
            self.cleaned_data |= {name: rows.values for name, rows in self.rows.items()}
        return holds and not self.refused

    def does(self, act: Callable[[], Any]) -> bool:
        """Run the act when the form holds; a refusal becomes the form's problems. True once it is done.

        `result` is then what the act answered with.
        """
        if not self.is_valid():
            return False
        try:
            self.result = act()
        except Refused as refused:
            self.refuse(refused)
            return False
        if self.draft:
            drafts.discard(self.request, self.draft, self.unit)
        return True

    def refuse(self, refused: Refused) -> None:
        """Put the sentences of a refusal into the form, at the fields whose names it says are missing."""
        self.refusal = refused
        self.stale = isinstance(refused, Stale)
        self.forbidden = isinstance(refused, Forbidden)
        for refusal in refused.refusals:
            lacking = [name for name in refusal.missing if name in self.fields]
            for name in lacking:
                sentence = refusal.sentence
                if len(lacking) > 1:
                    sentence = _("Fill in: %(label)s") % {"label": self.fields[name].label or name}
                self.add_error(name, ValidationError(sentence, "refused"))
            target = f"id_{self.add_prefix(lacking[0])}" if lacking else ""
            self.refused.append(Problem(refusal.sentence, target, refusal.clauses))

    @property
    def problems(self) -> list[Problem]:
        """What has to be put right, in the order of the form."""
        return problems_of(self) if self.is_bound else []

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows the form."""
        if self.stale:
            return 409
        if self.forbidden:
            return 403
        return 422 if self.problems else 200
