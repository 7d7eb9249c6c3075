"""Whoever is meant by what is being typed into a field for a person."""

from __future__ import annotations

from dataclasses import dataclass

from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import matching, people
from aftersign.kernel.search.asking import units_found
from aftersign.kernel.shell.widgets import person_text

SUGGESTED = 20


@dataclass(frozen=True)
class Suggestion:
    """Somebody as a browser offers them: what is filled in, and what says who it is.

    A browser leaves out what does not hold what was typed, so pinyin and initials stand beside whom they name.
    """

    text: str
    beside: str


def suggested(typed: str) -> list[Suggestion]:
    """People by name, account, pinyin and initials, as the search of the whole house finds them."""
    found = matching(typed.rpartition(" ")[2]) | people().filter(pk__in=units_found("person", typed))
    return [_offered(person, typed) for person in found[:SUGGESTED]]


def _offered(person: Person, typed: str) -> Suggestion:
    text = person_text(person)
    beside = (person.department.name if person.department else "", "" if typed.lower() in text.lower() else typed)
    return Suggestion(text, " · ".join(filter(None, beside)))
