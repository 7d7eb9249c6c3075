"""What may be done, and by whom: capabilities with their predicates, denied unless declared and met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.access.actor import Actor


@dataclass(frozen=True)
class Predicate:
    """A named question about an actor and a unit; the name stands in the access table.

    Auditors have only what is `open` to them; `either` are the questions of which one met is enough.
    """

    name: str
    test: Callable[[Actor, Any], bool]
    open: bool = False
    either: tuple[Predicate, ...] = ()

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(
            f"{self.name} or {other.name}",
            lambda actor, unit: self.test(actor, unit) or other.test(actor, unit),
            either=(*(self.either or (self,)), *(other.either or (other,))),
        )

    def is_met_by_auditor(self, actor: Actor, unit: Any) -> bool:
        """The answer for somebody who reads everything and states nothing."""
        return any(each.open and each.test(actor, unit) for each in self.either or (self,))

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(
            f"{self.name} and {other.name}", lambda actor, unit: self.test(actor, unit) and other.test(actor, unit)
        )


_capabilities: dict[str, Predicate] = {}


def declare(capability: str, who: Predicate) -> None:
    """Say who has a capability; raises `ValueError` when it was said before."""
    if capability in _capabilities:
        raise ValueError(f"capability {capability} is declared twice")
    _capabilities[capability] = who


def declared() -> Mapping[str, Predicate]:
    """All capabilities with their predicates."""
    return dict(_capabilities)


def known(capability: str) -> bool:
    """Whether somebody may have this capability at all."""
    return capability in _capabilities


def allowed(actor: Actor, capability: str, unit: Any) -> bool:
    """Whether an actor may do this kind of thing on this unit; raises `KeyError` for an undeclared capability.

    Of a deputy it is asked whether the person for whom they act may. An auditor may do nothing for the company.
    """
    who = _capabilities[capability]
    if actor.kind == "person" and not (actor.is_person and actor.standing.is_person):
        return False
    standing = actor.standing
    if standing.person is not None and standing.person.is_auditor:
        return who.is_met_by_auditor(standing, unit)
    return who.test(standing, unit)


nobody = Predicate("nobody", lambda actor, unit: False)
operating_account = Predicate("operating account", lambda actor, unit: actor.kind in ("import", "setup"))
themselves = Predicate("the person themselves", lambda actor, unit: actor.is_person and actor.id == unit.pk, open=True)
the_clock = Predicate("clock", lambda actor, unit: actor.kind == "clock")
administrator = Predicate(
    "administrator",
    lambda actor, unit: actor.is_person and actor.person is not None and actor.person.is_administrator,
    open=True,
)
auditor = Predicate(
    "auditor",
    lambda actor, unit: actor.is_person and actor.person is not None and actor.person.is_auditor,
    open=True,
)


def works_in(code: str) -> Predicate:
    """Whoever belongs to the department that is listed with a code."""

    def test(actor: Actor, unit: Any) -> bool:
        department = actor.person.department if actor.is_person and actor.person else None
        return department is not None and department.code == code and department.closed_on is None

    return Predicate(f"department {code}", test)


def holds_post(post: str) -> Predicate:
    """Whoever holds a post of the company."""

    def test(actor: Actor, unit: Any) -> bool:
        return actor.is_person and actor.person is not None and post in actor.person.held_posts

    return Predicate(f"post {post}", test)
