"""Which kinds of facts can be withdrawn: rooms say how their rows follow, or what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.facts import Recorded

Facts = Sequence[Recorded]


def _nothing(fact: Recorded) -> None:
    """No row of a room depends on the fact."""


def _none(fact: Recorded, later: Facts) -> Iterable[Recorded]:
    return ()


def _fine(fact: Recorded) -> str | Promise:
    return ""


@dataclass(frozen=True)
class Way:
    """How a kind of fact is withdrawn.

    `take_back` lets the room's rows follow, `put_back` does so when the withdrawal itself is withdrawn; both run inside
    the act and may raise `Refused`. Of the `later` facts of the case that stand, `built_on` are those that must be
    withdrawn first, and `together` those that go with it because the same act stated them as its consequence.
    `objection` says what to do instead where this very fact cannot be withdrawn by itself.
    """

    take_back: Callable[[Recorded], None] = _nothing
    put_back: Callable[[Recorded], None] = _nothing
    built_on: Callable[[Recorded, Facts], Iterable[Recorded]] = _none
    together: Callable[[Recorded, Facts], Iterable[Recorded]] = _none
    objection: Callable[[Recorded], str | Promise] = _fine


class Verb(Protocol):
    """The act by which a fact is withdrawn."""

    def __call__(self, fact: Any, /, *, reason: str, by: Actor) -> Any: ...


_verbs: list[Verb] = []
_ways: dict[str, Way] = {}
_instead: dict[str, str | Promise] = {}


def offer(fact: str, way: Way) -> None:
    """Say how a kind of fact is withdrawn; raises `ValueError` when something was said of it before."""
    _once(fact)
    _ways[fact] = way


def offer_instead(fact: str, sentence: str | Promise) -> None:
    """Say what people do instead of withdrawing a kind of fact; raises `ValueError` when it was said before."""
    _once(fact)
    _instead[fact] = sentence


def lend(verb: Verb) -> None:
    """The room of exceptions lends its act to rooms that let people take something of their own back at once."""
    _verbs[:] = [verb]


def withdraw(fact: Model, *, reason: str, by: Actor) -> None:
    """Withdraw a fact by the act that was lent, with all that it asks and refuses; raises `Refused`."""
    (verb,) = _verbs
    verb(fact, reason=reason, by=by)


def _once(fact: str) -> None:
    if fact in _ways or fact in _instead:
        raise ValueError(f"how {fact} is withdrawn is said twice")


def way_of(fact: str) -> Way | None:
    """How a kind of fact is withdrawn, None where it cannot be."""
    return _ways.get(fact)


def instead_of(fact: str) -> str:
    """What people do instead of withdrawing a kind of fact, empty where no room has said it."""
    return str(_instead.get(fact, ""))


def spoken_of() -> frozenset[str]:
    """The kinds of facts of which a room has said either."""
    return frozenset(_ways) | frozenset(_instead)


def of_same_unit(*names: str) -> Callable[[Recorded, Facts], list[Recorded]]:
    """The later facts of these names about the same unit: what is most often built on a fact."""

    def find(fact: Recorded, later: Facts) -> list[Recorded]:
        return [each for each in later if each.name in names and each.unit_id == fact.unit_id]

    return find


def of_same_case(*names: str) -> Callable[[Recorded, Facts], list[Recorded]]:
    """The later facts of these names anywhere in the case."""
    return lambda fact, later: [each for each in later if each.name in names]


def of_same_act(fact: Recorded, later: Facts, name: str) -> list[Recorded]:
    """The facts of a name that the same act stated next: they follow without a gap, by the same hand and moment."""
    found: list[Recorded] = []
    last = fact
    for each in later:
        follows = each.sequence == last.sequence + 1 and each.name == name
        if not follows or (each.entered, each.actor_id) != (fact.entered, fact.actor_id):
            break
        found.append(each)
        last = each
    return found
