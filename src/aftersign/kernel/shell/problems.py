"""What has to be put right in a form, as sentences that say what to do and lead to the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from aftersign.kernel.shell.rows import Rows


@dataclass(frozen=True)
class Problem:
    """One sentence of the error summary; `target` is the id of the field, `clauses` what demands it.

    `label` names the field where the sentence alone does not say which it is about.
    """

    sentence: str
    target: str = ""
    clauses: tuple[str, ...] = ()
    label: str = ""


def require_in_words(form: forms.Form) -> None:
    """Let a missing value be answered with what to do: fill in, choose, upload or tick."""
    for field in form.fields.values():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = _what_to_do(field) % {"label": field.label or ""}


def _what_to_do(field: forms.Field) -> str:
    widget = field.widget
    if isinstance(widget, forms.FileInput):
        return _("Upload: %(label)s")
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick: %(label)s")
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _("Choose: %(label)s")
    return _("Fill in: %(label)s")


def problems_of(form: Any) -> list[Problem]:
    """All problems of a form that was sent: refusals first, then the fields from top to bottom, then the rows."""
    found = list(form.refused)
    told = {(each.sentence, each.target) for each in found}
    others = (*_of_fields(form), *_of_rows(getattr(form, "rows", {})))
    return found + [each for each in others if (each.sentence, each.target) not in told]


def _of_fields(form: forms.Form) -> Iterator[Problem]:
    for sentence in form.non_field_errors():
        yield Problem(str(sentence))
    for bound in form:
        for sentence in map(str, bound.errors):
            yield Problem(sentence, bound.id_for_label or bound.auto_id, label=_unsaid(bound, sentence))


def _unsaid(bound: BoundField, sentence: str) -> str:
    """What a field is called, where a sentence does not say it."""
    label = str(bound.field.label or "")
    return "" if label.lower() in sentence.lower() else label


def _of_rows(tables: dict[str, Rows]) -> Iterator[Problem]:
    for name, rows in tables.items():
        if rows.too_few:
            yield Problem(rows.too_few, f"rows-{name}")
        for row in rows.forms if rows.checked else ():
            yield from (replace(each, label=_in_row(row, each)) for each in _of_fields(row))


def _in_row(row: forms.Form, problem: Problem) -> str:
    """What a field of a table is called with its row, by which it is told from those above and below it."""
    names = {bound.id_for_label or bound.auto_id: str(bound.field.widget.attrs.get("aria-label", "")) for bound in row}
    return names.get(problem.target, "") if problem.target else ""
