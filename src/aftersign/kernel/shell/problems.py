"""What has to be put right in a form, as sentences that say what to do and lead to the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from aftersign.kernel.shell.rows import Rows


@dataclass(frozen=True)
class Problem:
    """One sentence of the error summary; `target` is the id of the field, `clauses` what demands it."""

    sentence: str
    target: str = ""
    clauses: tuple[str, ...] = ()


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
        for sentence in bound.errors:
            yield Problem(str(sentence), bound.id_for_label or bound.auto_id)


def _of_rows(tables: dict[str, Rows]) -> Iterator[Problem]:
    for name, rows in tables.items():
        if rows.too_few:
            yield Problem(rows.too_few, f"rows-{name}")
        for row in rows.forms if rows.checked else ():
            yield from _of_fields(row)
