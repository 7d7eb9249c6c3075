"""How clauses are found: by number, title and text of the edition in force, in each of the three languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.search.content import Content, Hit, Source
from aftersign.kernel.units.addresses import address_of
from aftersign.policy.editions import store
from aftersign.policy.rulebook import Clause, Rulebook
from aftersign.policy.rulebook.wording import Shown, clause_text

LANGUAGES = ("zh-hans", "zh-hant", "en")
_CLAUSES = UUID("5d0b2b1e-6f0c-4b0e-9d0a-0f1c5a7e3c11")


def id_of(number: str) -> UUID:
    """The id under which a clause is found, the same in every edition."""
    return uuid5(_CLAUSES, number)


def _current() -> Rulebook | None:
    edition = store.current()
    return store.rulebook_of(edition.pk) if edition else None


def _clauses() -> dict[UUID, Clause]:
    rulebook = _current()
    return {id_of(number): each for number, each in rulebook.clauses.items()} if rulebook else {}


def _rows(ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
    rulebook, wanted = _current(), set(ids)
    for pk, clause in _clauses().items() if rulebook else ():
        if pk in wanted and rulebook:
            titles = tuple(clause.title.say(each) for each in LANGUAGES)
            texts = tuple(_text(rulebook, clause, each) for each in LANGUAGES)
            yield pk, Content(numbers=(clause.number,), names=titles, long=texts)


def _text(rulebook: Rulebook, clause: Clause, language: str) -> str:
    pieces = clause_text(rulebook, clause, language)
    return "".join(each.text if isinstance(each, Shown) else each for each in pieces)


def _hits(ids: Collection[UUID]) -> dict[UUID, Hit]:
    language, rulebook = get_language() or "zh-hans", store.shown()
    by_id = {id_of(number): each for number, each in rulebook.clauses.items()} if rulebook else {}
    return {pk: _hit(pk, by_id[pk], language) for pk in ids if pk in by_id}


def _hit(pk: UUID, clause: Clause, language: str) -> Hit:
    title = f"{clause.number} {clause.title.say(language)}"
    return Hit("clause", pk, title, address_of("clause", clause.number), icon="shield")


def _all(fact: Recorded) -> list[UUID]:
    return list(_clauses())


CLAUSES = Source(
    name="clause",
    label=_("Clauses"),
    order=50,
    ids=_clauses,
    rows=_rows,
    hits=_hits,
    visible=lambda actor: None,
    changes={"policy.took_effect": _all},
)
