"""Fields that forms of all rooms share: money, dates, people, files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from aftersign.kernel.clock import days
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import named, people
from aftersign.kernel.shell import money
from aftersign.kernel.shell.widgets import Amount, Day, Drop, Named, Search, person_label, person_text
from aftersign.kernel.vault.limits import limit

MAX_AMOUNT = Decimal("9999999999999.99")


class MoneyField(forms.Field):
    """An amount of at most fifteen digits, two of them after the point."""

    widget = Amount

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            amount = money.parsed(str(value))
        except ValueError:
            raise ValidationError(_("Write the amount in digits, for example 1,260,000.00"), "invalid") from None
        if abs(amount) > MAX_AMOUNT or amount != round(amount, 2):
            raise ValidationError(_("Write the amount with at most 13 digits and 2 decimals"), "invalid")
        return amount.quantize(Decimal("0.01"))


class DayField(forms.DateField):
    """A date, written as 2026-11-25 where the browser has no calendar of its own."""

    widget = Day
    default_error_messages = {
        "invalid": _("Write the date as 2026-11-25"),
        "beyond": _("Write a date between 1990 and 2199"),
    }

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not days.is_within(day):
            raise ValidationError(self.error_messages["beyond"], "beyond")
        return day


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here; `queryset` narrows who may be chosen."""

    widget = Search

    def __init__(self, *, queryset: QuerySet[Person] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose somebody"))
        super().__init__(queryset=people() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return person_label(obj)


class NamedPersonField(forms.CharField):
    """Somebody who works here, by name or account: of use where they are too many for a list."""

    widget = Named
    default_error_messages = {
        "unknown": _("Nobody here is called %(text)s"),
        "several": _("Several are called %(text)s; write the account: %(accounts)s"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=130, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return person_text(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        found = named(typed)
        if len(found) == 1:
            return found[0]
        said = {"text": typed, "accounts": pgettext("between accounts", ", ").join(each.account for each in found[:5])}
        raise ValidationError(self.error_messages["several" if found else "unknown"], "unknown", said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class FilesField(forms.FileField):
    """Files of the kinds and sizes that stand beside the field, at most those of all files; answers with a list."""

    widget = Drop
    default_error_messages = {
        "too_large": _("%(name)s is larger than %(limit)s MB"),
        "kind": _("%(name)s is of a kind that cannot be taken in here"),
    }

    def __init__(self, *, accept: tuple[str, ...] = (), max_megabytes: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.accept, self.max_megabytes = accept, max_megabytes
        if isinstance(self.widget, Drop):
            self.widget.megabytes = max_megabytes
        if accept:
            self.widget.attrs["accept"] = ",".join(accept)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(each, initial) for each in data or ()]
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], "required")
        for file in files:
            self._measure(file)
        return files

    def _measure(self, file: UploadedFile[Any]) -> None:
        name = file.name or ""
        most = self.max_megabytes or limit() >> 20
        if (file.size or 0) > most << 20:
            values = {"name": name, "limit": most}
            raise ValidationError(self.error_messages["too_large"], "too_large", values)
        if self.accept and not name.lower().endswith(self.accept):
            raise ValidationError(self.error_messages["kind"], "kind", {"name": name})
