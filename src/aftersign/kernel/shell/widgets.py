"""What fields of forms are typed, picked and dropped with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy

from aftersign.kernel.org.models import Person


class Chips(forms.RadioSelect):
    """One of a few choices, all in sight."""

    template_name = "shell/widgets/chips.html"


class Ticks(forms.CheckboxSelectMultiple):
    """Several of a list, ticked one by one."""

    template_name = "shell/widgets/ticks.html"


class Tick(forms.CheckboxInput):
    """A single tick."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "ck", **(attrs or {})})


class Search(forms.Select):
    """A list that a script turns into a field with suggestions; without it, it is a list."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-search": "", **(attrs or {})}, choices)


class Named(forms.TextInput):
    """A person by name or account; suggestions come while one types, and the page holds them in one list."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asks = {"hx-get": reverse_lazy("shell:people"), "hx-trigger": "input changed delay:250ms"}
        swaps = {"hx-target": "#people", "hx-swap": "outerHTML", "hx-sync": "this:replace"}
        plain = {"list": "people", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({**plain, **asks, **swaps, **(attrs or {})})


class Day(forms.DateInput):
    """A date by the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Amount(forms.TextInput):
    """An amount, to the right and with thousands separators."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "num", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:,.2f}" if isinstance(value, Decimal | int) else super().format_value(value)


class Drop(forms.FileInput):
    """A place to drop, paste, photograph or choose files."""

    template_name = "shell/widgets/drop.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "class": "sr", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


def person_text(person: Person) -> str:
    """A person as they are typed: name, then account, which is nobody else's."""
    return f"{person.name} {person.account}"


def person_label(person: Person) -> str:
    """A person in a list: name, then department."""
    return f"{person.name} · {person.department.name}" if person.department else person.name
