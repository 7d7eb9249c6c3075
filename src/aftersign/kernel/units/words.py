"""Words of the policy in the reader's language, offered to floors that may not know the policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Words(Protocol):
    """What the policy lends to pages: labels by sort and name, and members of list parameters."""

    def label(self, sort: str, name: str, language: str) -> str:
        """A label; `sort` is act, fact, role, stage, grade, check, word, unit or `word/ROOM`."""

    def members(self, parameter: str) -> Sequence[str]:
        """The words of a list parameter of the edition in force."""


class Unlabelled:
    """Before an edition is in force every name stands for itself, and lists are empty."""

    def label(self, sort: str, name: str, language: str) -> str:
        return name

    def members(self, parameter: str) -> Sequence[str]:
        return ()


_lent: Words = Unlabelled()


def lend(words: Words) -> None:
    """Put the policy's words at the disposal of the floors below."""
    global _lent  # noqa: PLW0603 (one policy lends its words to the whole process)
    _lent = words


def label(sort: str, name: str, language: str) -> str:
    """The label of a name in a language; a name without one stands for itself."""
    return _lent.label(sort, name, language)


def members(parameter: str) -> Sequence[str]:
    """The words of a list parameter, in the order in which the edition lists them."""
    return _lent.members(parameter)
