"""What an edition would bring about: what goes on under the one before, and which cycles of the company end."""

from __future__ import annotations

from dataclasses import dataclass

from aftersign.chapters.final.queries.editions import Under, between, counted, unfinished
from aftersign.policy.editions import store
from aftersign.policy.editions.differences import Differences, terms_ended
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import Rulebook, Term


@dataclass(frozen=True)
class Impact:
    """Before an edition is issued: the one in force, what stays under it, and which of its cycles come to an end."""

    before: Edition | None
    old_book: Rulebook
    new_book: Rulebook
    under: Under
    found: Differences
    ended: tuple[Term, ...]
    changed: tuple[tuple[str, int], ...]


def impact_of(edition: Edition) -> Impact:
    """What issuing an edition would bring about; nothing where it is in force already or none is."""
    new = store.rulebook_of(edition.pk)
    before = store.current()
    if before is None or before.pk == edition.pk:
        return Impact(None, new, new, Under(), Differences((), ()), (), counted(edition))
    old, of_order = store.rulebook_of(before.pk), store.program_of(before.pk).is_of_order
    ended = tuple(old.terms[name] for name in terms_ended(old, new) if not of_order(old.terms[name].per))
    return Impact(before, old, new, unfinished(before), between(before, edition), ended, counted(edition))
