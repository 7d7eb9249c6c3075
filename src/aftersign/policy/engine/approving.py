"""Who may approve what somebody asks for: the roles that the edition lists, read for the owner, or for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable

from aftersign.policy.engine.people import People
from aftersign.policy.engine.roles import Meant, Roles
from aftersign.policy.rulebook import Rulebook


def holders(
    rulebook: Rulebook, people: People, what: str, owner: Meant, asked_by: Iterable[str], place: int, day: str
) -> frozenset[str]:
    """Holders of the listed roles on a day (ISO); never those who asked.

    `what` is waiver, extension, release or withdrawal_late; `owner` of the duty, for a release whoever asks, for a late
    withdrawal the author.
    """
    roles = Roles(people, rulebook.roles, {}, {}, place, day)
    reached = (roles.reached(role, owner, lambda key: None) for role in rulebook.approvers.get(what, ()))
    return frozenset(person for found in reached for person in found).difference(asked_by)


def approvers(
    rulebook: Rulebook, people: People, what: str, owner: Meant, asked_by: Iterable[str], place: int, day: str
) -> frozenset[str]:
    """The same holders and their deputies; never a deputy who asked, nor one for somebody who did."""
    asked = frozenset(asked_by)
    found = holders(rulebook, people, what, owner, asked, place, day)
    deputies = {deputy for person in found for deputy in people.deputies(person, place, day)}
    return (found | deputies) - asked
