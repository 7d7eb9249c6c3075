"""The parameters of an edition as a form: each with its range and unit, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.final.forms.drafting import DraftForm
from aftersign.chapters.final.forms.values import field_for, refuse_outside
from aftersign.kernel.shell.problems import require_in_words
from aftersign.policy.editions import store
from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.labels import label_in
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import Clause, Param, Value
from aftersign.policy.term_words import TermWords

PREFIX = "p-"
"""How the names of the fields begin, so that no parameter is taken for another field of the form."""


@dataclass(frozen=True)
class Line:
    """One value in the form: of a parameter, or of it for some orders (`of` says which)."""

    param: Param
    field: BoundField
    of: str
    range: str


@dataclass(frozen=True)
class Group:
    """The parameters of one clause."""

    clause: Clause
    lines: tuple[Line, ...]


class ParametersForm(DraftForm):
    """Other values for the parameters of an edition; at least one must differ."""

    draft: ClassVar[str] = "policy.draft"

    def __init__(self, request: HttpRequest, base: Edition) -> None:
        self.rulebook = store.rulebook_of(base.pk)
        self.words = TermWords(self.rulebook, get_language() or "zh-hans")
        super().__init__(request, base)
        for param in self.offered:
            for name, value, of in self._values(param):
                label = " ".join(each for each in (param.labels.say(self.words.language), of) if each)
                self.fields[name] = field_for(self.rulebook, param, self.words.language, label)
                self.initial[name] = value
        require_in_words(self)
        self.changed: dict[str, NewValue] = {}

    @property
    def offered(self) -> Sequence[Param]:
        """The parameters that the form asks for."""
        return list(self.rulebook.params.values())

    def _values(self, param: Param) -> Iterator[tuple[str, Value, str]]:
        """The values of a parameter, each with the name of its field and the orders for which it holds."""
        yield f"{PREFIX}{param.name}", param.value, ""
        for key, table in param.by.items():
            for word, value in table.items():
                of = label_in(self.rulebook, "word", word, self.words.language)
                yield f"{PREFIX}{param.name}.{key}.{word}", value, of

    def clean(self) -> dict[str, Any]:
        """Every value within its range, and at least one other than before."""
        for param in self.offered:
            for name, _value, _of in self._values(param):
                if name in self.cleaned_data:
                    self._keep_within(param, name)
        if not self.errors:
            self.changed = {param.name: new for param in self.offered if (new := self._new(param))}
            if not self.changed:
                raise ValidationError(_("Change at least one value"), "same")
        return self.cleaned_data

    def _keep_within(self, param: Param, name: str) -> None:
        try:
            refuse_outside(self.words, param, self.cleaned_data[name], str(self.fields[name].label))
        except ValidationError as error:
            self.add_error(name, error)

    def _new(self, param: Param) -> NewValue | None:
        """The values of a parameter, None where none differs."""
        said, name = self.cleaned_data, f"{PREFIX}{param.name}"
        by = {key: {word: said[f"{name}.{key}.{word}"] for word in table} for key, table in param.by.items()}
        new = NewValue(said[name], by)
        return new if (new.value, new.by) != (param.value, param.by) else None

    @property
    def files_of_draft(self) -> dict[str, str | bytes]:
        return {**with_version(with_values(self.rulebook, self.changed), self.cleaned_data["version"])}

    @property
    def chapters(self) -> list[tuple[str, list[Group]]]:
        """The parameters by chapter and clause."""
        found: dict[str, list[Group]] = {}
        for clause in self.rulebook.clauses.values():
            lines = tuple(
                Line(param, self[name], of, self.words.range_of(param))
                for param in clause.params
                for name, _value, of in self._values(param)
            )
            if lines:
                found.setdefault(clause.room, []).append(Group(clause, lines))
        return list(found.items())
