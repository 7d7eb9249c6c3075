"""Who may approve what somebody asks for: the roles that the edition lists, read for the owner, or for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable

from aftersign.policy.engine.people import People
from aftersign.policy.engine.roles import Meant, Roles
from aftersign.policy.rulebook import Rulebook


def approvers(
    rulebook: Rulebook, people: People, what: str, owner: Meant, asked_by: Iterable[str], place: int, day: str
) -> frozenset[str]:
    """Holders of the listed roles and their deputies on a day (ISO); never those who asked.

    `what` is waiver, extension, release or withdrawal_late; `owner` of the duty, for a release whoever asks, for a late
    withdrawal the author.
    """
    roles = Roles(people, rulebook.roles, {}, {}, place, day)
    found: set[str] = set()
    for role in rulebook.approvers.get(what, ()):
        for person in roles.reached(role, owner, lambda key: None):
            found.update((person, *people.deputies(person, place, day)))
    return frozenset(found.difference(asked_by))
