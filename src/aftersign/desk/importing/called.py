"""Words of the policy as tables write them: by their name, or by their label in any of the languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aftersign.kernel.org.models import Language
from aftersign.kernel.units import words

_SORTS = {"kind": ("word", "order_kinds"), "stage": ("stage", "stages")}
"""Values of an order that are words: the sort of their labels, and the list that holds them."""


@dataclass(frozen=True)
class Called:
    """For each value that is a word: its members by everything that they are called, without capitals."""

    words: Mapping[str, Mapping[str, str]]

    def meant(self, value: str, text: str) -> str:
        """The member that a text means, or the text itself: whoever takes it in says that there is no such word."""
        return self.words[value].get(text.strip().casefold(), text)


def called() -> Called:
    """How the edition in force calls kinds and stages."""
    return Called({value: _by_label(*where) for value, where in _SORTS.items()})


def _by_label(sort: str, members: str) -> dict[str, str]:
    names = list(words.members(members))
    labels = {words.label(sort, name, language).casefold(): name for name in names for language in Language.values}
    return labels | {name.casefold(): name for name in names}
