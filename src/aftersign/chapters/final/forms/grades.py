"""The conditions of grades as a form: amounts, and the kinds that get a grade whatever their amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.final.forms.drafting import DraftForm
from aftersign.chapters.final.queries.kinds import AMOUNT, KIND, compared, condition_text, names_of_kinds
from aftersign.kernel.shell.fields import MoneyField
from aftersign.kernel.shell.problems import require_in_words
from aftersign.kernel.shell.widgets import Ticks
from aftersign.policy.editions import store
from aftersign.policy.editions.editing import with_grades, with_version
from aftersign.policy.labels import label_in
from aftersign.policy.models import Edition
from aftersign.policy.term_words import TermWords


@dataclass(frozen=True)
class Line:
    """One step of grading: its grade, the fields of its conditions, and all of it in words where it has none."""

    grade: str
    fields: tuple[tuple[str, BoundField], ...]
    said: str


class GradesForm(DraftForm):
    """Other conditions for the grades of an edition; at least one must differ."""

    draft: ClassVar[str] = ""

    def __init__(self, request: HttpRequest, base: Edition) -> None:
        self.rulebook = store.rulebook_of(base.pk)
        self.language = get_language() or "zh-hans"
        super().__init__(request, base)
        for place, grade in enumerate(self.rulebook.grades):
            for key, wanted in grade.when.items():
                self._ask(f"g-{place}-{key}", key, wanted, grade.grade)
        require_in_words(self)
        self.changed: dict[int, dict[str, str | Sequence[str]]] = {}

    def _ask(self, name: str, key: str, wanted: Any, grade: str) -> None:
        """A field for a condition that can be changed here: an amount, or kinds."""
        than = compared(wanted)
        if key == AMOUNT and than:
            self.fields[name] = MoneyField(label=_("Amount of grade %(grade)s") % {"grade": grade})
            self.initial[name] = than[1]
        elif key == KIND:
            kinds = [(each, label_in(self.rulebook, "word", each, self.language)) for each in self._kinds]
            label = _("Kinds of grade %(grade)s") % {"grade": grade}
            self.fields[name] = forms.MultipleChoiceField(label=label, choices=kinds, widget=Ticks)
            self.initial[name] = list(_listed(wanted))

    @property
    def _kinds(self) -> tuple[str, ...]:
        return names_of_kinds(self.rulebook)

    def clean(self) -> dict[str, Any]:
        """At least one condition is another than before."""
        self.changed = {}
        for place, grade in enumerate(self.rulebook.grades):
            for key, wanted in grade.when.items():
                said = self.cleaned_data.get(f"g-{place}-{key}")
                if said is not None and (new := _written(key, wanted, said)) != _as_said(wanted):
                    self.changed.setdefault(place, {})[key] = new
        if not self.errors and not self.changed:
            raise ValidationError(_("Change at least one value"), "same")
        return self.cleaned_data

    @property
    def files_of_draft(self) -> dict[str, str | bytes]:
        return {**with_version(with_grades(self.rulebook.files, self.changed), self.cleaned_data["version"])}

    @property
    def lines(self) -> Iterator[Line]:
        """The steps of grading in their order, for the first that holds counts."""
        words = TermWords(self.rulebook, self.language)
        for place, grade in enumerate(self.rulebook.grades):
            names = [(key, f"g-{place}-{key}") for key in grade.when]
            fields = tuple((_sign(key, grade.when[key]), self[name]) for key, name in names if name in self.fields)
            yield Line(grade.grade, fields, condition_text(words, grade.when))


def _listed(wanted: Any) -> tuple[str, ...]:
    return tuple(wanted) if isinstance(wanted, tuple | list) else (str(wanted),)


def _as_said(wanted: Any) -> Any:
    return wanted if compared(wanted) else list(_listed(wanted))


def _sign(key: str, wanted: Any) -> str:
    than = compared(wanted)
    return than[0].replace(">=", "≥").replace("<=", "≤") if key == AMOUNT and than else ""


def _written(key: str, wanted: Any, said: Any) -> Any:
    """A condition as the edition writes it; an unchanged one stays as it is written."""
    than = compared(wanted)
    if key != AMOUNT or than is None:
        return _as_said(wanted) if set(said) == set(_listed(wanted)) else list(said)
    if than[1] == said:
        return wanted
    whole = said == said.to_integral_value()
    return f"{than[0]} {int(said) if whole else format(said, 'f')}"
