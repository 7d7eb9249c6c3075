"""What was built on a fact as the policy sees it: later facts whose acts a gate let pass because of that fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from aftersign.kernel.journal import corrections, queries
from aftersign.kernel.journal.facts import Recorded
from aftersign.policy.cards import MACHINES
from aftersign.policy.cases import case_of
from aftersign.policy.editions import store
from aftersign.policy.engine import Case
from aftersign.policy.rulebook import Term
from aftersign.policy.standing import DERIVED


@dataclass(frozen=True)
class Told:
    """The facts of a case that people stated: all of them, those that stand, and by which fact the others are gone."""

    facts: Sequence[Recorded]

    @cached_property
    def standing(self) -> list[Recorded]:
        """Those that stand, in journal order."""
        return corrections.standing(self.facts)

    @cached_property
    def gone(self) -> dict[str, Recorded]:
        """The withdrawal of each fact that is withdrawn, by the id of that fact."""
        return corrections.gone(self.facts)


def told_in(order_id: UUID | None) -> Told:
    """What has been told of a case, without private values; one query."""
    return Told([fact for fact in queries.of_orders([order_id])[order_id] if fact.name not in DERIVED])


def resting_on(target: Recorded, facts: Sequence[Recorded]) -> Iterator[Recorded]:
    """Those of the standing `facts` of a case whose acts a gate would have refused without the target."""
    case = case_of(target.order_id)
    kinds = store.rulebook_of(case.edition).facts
    for fact in facts:
        if fact.sequence <= target.sequence or fact.actor_kind != "person" or fact.name not in kinds:
            continue
        acts = [act for act in kinds[fact.name].stated_by if act not in MACHINES]
        if acts and all(_needs(case, act, target, fact, facts) for act in acts):
            yield fact


def _needs(case: Case, act: str, target: Recorded, fact: Recorded, facts: Sequence[Recorded]) -> bool:
    """Whether some gate of the act found the target, and would have found nothing else."""
    return any(
        target.name in term.unless
        and _is_of(target, term, fact.units)
        and not (case.adopted and set(term.unless) & case.adopted.stands_for)
        and not any(_serves(other, term, target, fact) for other in facts)
        for term in case.gates_of(act)
    )


def _serves(other: Recorded, term: Term, target: Recorded, fact: Recorded) -> bool:
    earlier = other.sequence < fact.sequence and other.id != target.id
    return earlier and other.name in term.unless and _is_of(other, term, fact.units)


def _is_of(fact: Recorded, term: Term, units: Mapping[str, str]) -> bool:
    """Whether a fact opens the gate for the unit with these ids; one that does not carry the unit opens it for all."""
    return term.per not in fact.units or fact.units[term.per] == units.get(term.per)
