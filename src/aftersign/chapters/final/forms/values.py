"""Fields for the values of parameters: lengths of time, numbers, percentages, words, yes and no."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.policy.rulebook import Param, Rulebook, Value, duration
from aftersign.policy.rulebook.soundness.params import sort_of, within
from aftersign.policy.term_words import TermWords

UNITS = (
    ("min", gettext_lazy("minutes")),
    ("h", gettext_lazy("hours")),
    ("bd", gettext_lazy("working days")),
    ("d", gettext_lazy("calendar days")),
    ("w", gettext_lazy("weeks")),
    ("m", gettext_lazy("months")),
    ("q", gettext_lazy("quarters")),
    ("y", gettext_lazy("years")),
)


class LengthWidget(forms.MultiWidget):
    """A number and its unit."""

    template_name = "final/widgets/length.html"

    def __init__(self, label: str) -> None:
        number = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "in num", "size": 4})
        unit = forms.Select({"class": "in", "aria-label": _("Unit of %(name)s") % {"name": label}}, UNITS)
        super().__init__({"number": number, "unit": unit})

    def id_for_label(self, id_: str, index: str = "0") -> str:
        """The label is that of the number."""
        return f"{id_}_{index}" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        read = duration(value)
        return [read.count, read.unit] if read else [None, "bd"]


class LengthField(forms.MultiValueField):
    """A length of time, such as three working days; answers as a rulebook writes it."""

    def __init__(self, label: str) -> None:
        message = _("Write the number in digits")
        number = forms.RegexField(r"^[0-9]{1,9}$", error_messages={"invalid": message})
        super().__init__((number, forms.ChoiceField(choices=UNITS)), label=label, widget=LengthWidget(label))

    def compress(self, data_list: list[Any]) -> str:
        return "".join(data_list) if data_list else ""


class ShareField(forms.Field):
    """A percentage; answers as a rulebook writes it."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def to_python(self, value: Any) -> str:
        number = _number(str(value or "").strip().removesuffix("%"))
        return f"{number}%"


class NumberField(forms.Field):
    """A number; whole ones stay whole."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def to_python(self, value: Any) -> int | float:
        number = Decimal(_number(str(value or "").strip()))
        return int(number) if number == number.to_integral_value() else float(number)


class WordsField(forms.CharField):
    """Words of the edition, one a line, written as the edition calls them or by their own names."""

    def __init__(self, rulebook: Rulebook, param: Param, language: str, label: str) -> None:
        self._rulebook, self._param, self._language = rulebook, param, language
        self._room = rulebook.clauses[param.clause].room
        many = isinstance(param.value, tuple)
        widget = forms.Textarea({"rows": len(param.value) + 1 if many else 1, "class": "words"})  # type: ignore[arg-type]
        super().__init__(label=label, widget=widget, strip=True)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(self._label(word) for word in value)
        return value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        words = tuple(self._word(line) for line in lines)
        twice = next((line for line, word in zip(lines, words, strict=True) if words.count(word) > 1), "")
        if twice:
            raise ValidationError(_("“%(word)s” stands there twice") % {"word": twice}, "twice")
        return words if isinstance(self._param.value, tuple) else "".join(words[:1])

    def _label(self, word: str) -> str:
        labels = self._rulebook.word(word, self._room)
        if labels is None and word in self._rulebook.roles:
            labels = self._rulebook.roles[word].labels
        return labels.say(self._language) if labels else word

    def _word(self, line: str) -> str:
        """The word behind a line: one of the parameter's own first, then any of the edition."""
        own = self._param.value if isinstance(self._param.value, tuple) else (str(self._param.value),)
        known = {name.rpartition(".")[2] for name in self._rulebook.words} | set(self._rulebook.roles)
        if line in known:
            return line
        for word in (*own, *sorted(known)):
            if self._label(word) == line:
                return word
        raise ValidationError(_("This edition has no word “%(word)s”") % {"word": line}, "unknown")


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise ValidationError(_("Write the number in digits"), "invalid") from None
    if not number.is_finite() or abs(number.adjusted()) > 9:
        raise ValidationError(_("Write the number in digits"), "invalid")
    return format(number, "f")


def field_for(rulebook: Rulebook, param: Param, language: str, label: str) -> forms.Field:
    """The field in which the value of a parameter is written."""
    sort = sort_of(param.value)
    if sort == "duration":
        return LengthField(label)
    if sort == "percentage":
        return ShareField(label=label)
    if sort == "number":
        return NumberField(label=label)
    if sort == "truth value":
        return forms.TypedChoiceField(
            label=label, choices=((True, _("yes")), (False, _("no"))), coerce=lambda text: text == "True"
        )
    return WordsField(rulebook, param, language, label)


def refuse_outside(words: TermWords, param: Param, value: Value, label: str) -> None:
    """Refuse a value outside of the parameter's range, saying what that is."""
    if not within(param, value):
        said = {"name": label, "range": words.range_of(param)}
        raise ValidationError(_("%(name)s must lie within %(range)s") % said, "range")
