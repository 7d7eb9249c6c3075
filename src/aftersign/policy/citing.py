"""A refusal that an act itself gives, with the clauses that name its check in the edition of the case."""

from __future__ import annotations

from uuid import UUID

from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.policy.cases import edition_of
from aftersign.policy.editions import store


def refused(order_id: UUID | None, check: str, sentence: str) -> Refused:
    """A refusal of a check with a sentence of its own, such as a list of what stands in the way."""
    edition = edition_of(order_id)
    terms = store.rulebook_of(edition).terms.values() if edition else ()
    naming = tuple(term.id for term in terms if term.check == check)
    return Refused((Refusal(sentence, check=check, terms=naming),))
