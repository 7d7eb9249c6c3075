"""Why an act is refused: sentences for people, with the check and the clauses behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Refusal:
    """One reason: `check` is its name (empty: a gate or a limit), `clauses` and `terms` what demands it.

    `missing` names the parts or keys that are lacking, so that a form can point at its fields.
    """

    sentence: str
    check: str = ""
    terms: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Numbers of the clauses that demand it, each once."""
        return tuple(dict.fromkeys(term.rpartition(".")[0] for term in self.terms if "." in term))


@dataclass
class Refused(Exception):
    """An act was refused and changed nothing.

    `act` and `unit` are the refused act itself where another act had called it; `noted` is the note that the doorway
    kept of the attempt.
    """

    refusals: tuple[Refusal, ...] = field(default_factory=tuple)
    act: str = ""
    unit: Any = None
    noted: UUID | None = None

    def __str__(self) -> str:
        return " ".join(each.sentence for each in self.refusals)

    @classmethod
    def because(cls, sentence: str, *, check: str = "", missing: tuple[str, ...] = ()) -> Refused:
        """A refusal with one reason."""
        return cls((Refusal(sentence, check=check, missing=missing),))


class Forbidden(Refused):
    """The actor may not do this kind of thing on this unit."""


class Stale(Refused):
    """The unit has changed since the page was made."""


class Reused(Refused):
    """The key that came with an act was used for another one before."""
