"""Named checks: rules that rooms offer and that the policy's gates and contents ask by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.chain import Pending


@dataclass(frozen=True)
class Asking:
    """What a check is asked with.

    `given` is what the act was called with; `facts` the facts of the case with those just stated, those of the
    journal without private values, which may have been erased; `params` the values of the parameters that the check
    reads; `parts` the words of a content term.
    """

    act: str
    actor: Actor
    unit: Any
    given: Mapping[str, Any]
    facts: Sequence[Any]
    params: Mapping[str, Any]
    parts: Sequence[str] = ()

    def hands_behind(self, *names: str) -> frozenset[UUID]:
        """Ids of everybody who had a hand in facts of these names in this case: who stated them, and for whom.

        What has just been stated and has no author yet was stated by whoever acts now.
        """
        found: set[UUID] = set()
        for fact in self.facts:
            if fact.name in names:
                authors = self.actor.hands if isinstance(fact, Pending) else (fact.actor_id, fact.on_behalf_of)
                found.update(each for each in authors if each)
        return frozenset(found)


Verdict = bool | tuple[str, ...]
Check = Callable[[Asking], Verdict]
_checks: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Offer a rule by name. It answers True (holds), False, or the parts that are lacking (none: it holds)."""

    def offer(rule: Check) -> Check:
        if name in _checks:
            raise ValueError(f"check {name} is offered twice")
        _checks[name] = rule
        return rule

    return offer


def offered(name: str) -> Check | None:
    """The rule of that name, None when no installed room offers it."""
    return _checks.get(name)


def names() -> frozenset[str]:
    """Names of all checks that are offered."""
    return frozenset(_checks)


def holds(verdict: Verdict) -> bool:
    """Whether a verdict lets the act pass."""
    return verdict is True or verdict == ()


def missing(verdict: Verdict) -> tuple[str, ...]:
    """The parts that a verdict says are lacking."""
    return verdict if isinstance(verdict, tuple) else ()
