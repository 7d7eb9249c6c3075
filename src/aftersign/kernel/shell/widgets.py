"""What fields of forms are typed, picked and dropped with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.org.models import Person
from aftersign.kernel.search.sounds import sounds
from aftersign.kernel.vault.kinds import KINDS
from aftersign.kernel.vault.limits import limit

ACCEPT = ",".join(KINDS)
"""The endings of all files that are taken in, as a field of a form names them."""


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
        super().__init__({"data-search": "", "data-none": gettext_lazy("Nothing found"), **(attrs or {})}, choices)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if isinstance(person := getattr(value, "instance", None), Person):
            option["attrs"]["data-words"] = " ".join(words_beside(person))
        return option


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
    """A place to drop, paste, photograph or choose files.

    With `part`, the id of the region of the page that shows what has been taken in, a script sends each file by
    itself as it comes; `attrs` then say where to. Without a script the files go with their form.
    """

    template_name = "shell/widgets/drop.html"
    allow_multiple_selected = True
    megabytes = 0

    def __init__(self, attrs: dict[str, Any] | None = None, *, part: str = "", invitation: Any = "") -> None:
        super().__init__({"multiple": True, "class": "sr", "accept": ACCEPT, **(attrs or {})})
        self.part, self.invitation = part, invitation

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        most, kinds = self.megabytes or limit() >> 20, str(context["widget"]["attrs"].get("accept", ""))
        own = {"part": self.part, "most": most << 20, "megabytes": most, "limits": limit_words(kinds, most)}
        context["widget"] |= own | {"invitation": self.invitation}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


def limit_words(kinds: str, most: int) -> str:
    """What is taken in and how large it may be in megabytes, in words, for whoever is about to choose."""
    said = _("PDF, OFD, Word, Excel, PowerPoint, pictures") if kinds == ACCEPT else kinds.replace(",", " ")
    return _("%(kinds)s; %(limit)d MB each at most") % {"kinds": said, "limit": most}


def person_text(person: Person) -> str:
    """A person as they are typed: name, then account, which is nobody else's."""
    return f"{person.name} {person.account}"


def words_beside(person: Person) -> list[str]:
    """By what a person is found beside their name: account, pinyin and initials; what another holds is left out."""
    words = dict.fromkeys((person.account, *sounds(person.name)))
    return [each for each in words if not any(each != other and each in other for other in words)]


def person_label(person: Person) -> str:
    """A person in a list: name, then department."""
    return f"{person.name} · {person.department.name}" if person.department else person.name
