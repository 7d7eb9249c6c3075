"""Who and what is here already when people are taken in from a table: what their rows are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils.translation import override

from aftersign.chapters.general.queries.organisation import seats
from aftersign.kernel.org.models import Department, Language, Person
from aftersign.kernel.org.queries import departments
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in

T = TypeVar("T")
LANGUAGES = tuple(Language.values)


@dataclass(frozen=True)
class Here:
    """The company as a table of people is held against; texts are folded, so that nobody has to mind capitals.

    `accounts` are all that were ever given, `people` those who work here by id, `called` their ids by account and
    name. `departments` are found by name and code, several under one name. `posts` are found by name and label, and
    `held` says who holds one. `languages` are found by code and label.
    """

    accounts: frozenset[str]
    mails: Mapping[str, str]
    people: Mapping[UUID, str]
    called: Mapping[str, tuple[UUID, ...]]
    departments: Mapping[str, tuple[Department, ...]]
    posts: Mapping[str, str]
    held: Mapping[str, str]
    languages: Mapping[str, str]


def folded(text: str) -> str:
    """A text as it is compared: without capitals, and with one space where there are several."""
    return " ".join(text.split()).casefold()


def here() -> Here:
    """Everything at once; a constant number of queries."""
    rows = Person.objects.filter(is_operating=False).values_list("pk", "account", "name", "email", "left_on")
    everybody = list(rows)
    working = [row for row in everybody if row[4] is None]
    return Here(
        accounts=frozenset(folded(account) for account in Person.objects.values_list("account", flat=True)),
        mails={folded(mail): name for _pk, _account, name, mail, _left in working if mail},
        people={pk: name for pk, _account, name, _mail, _left in working},
        called=_by_text((text, pk) for pk, account, name, _mail, _left in working for text in {account, name}),
        departments=_by_text((text, row) for row in departments() for text in {row.name, row.code} if text),
        posts=_posts(),
        held={seat.post: seat.holder.name for seat in seats() if seat.holder},
        languages=_languages(),
    )


def _by_text(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, tuple[T, ...]] = {}
    for text, thing in pairs:
        found[folded(text)] = (*found.get(folded(text), ()), thing)
    return found


def _posts() -> dict[str, str]:
    """The posts that the policy names, by their name and by their label in each language."""
    rulebook = store.shown()
    names = [seat.post for seat in seats()]
    found = {folded(name): name for name in names}
    for language in LANGUAGES if rulebook else ():
        found |= {folded(label_in(rulebook, "role", name, language)): name for name in names}  # type: ignore[arg-type]
    return found


def _languages() -> dict[str, str]:
    found = {folded(code): code for code in LANGUAGES}
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(Language(code).label)): code for code in LANGUAGES}
    return found
