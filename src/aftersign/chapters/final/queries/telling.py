"""Who has been told of which edition, and who has confirmed that they have read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import people
from aftersign.policy.models import Edition

TOLD, ACKNOWLEDGED = "policy.told", "policy.acknowledged"
SHOWN = 12
"""Names of those who have yet to confirm that are shown."""


@dataclass(frozen=True)
class Known:
    """How far an edition is known: how many of those who work here were told, and who of them has not confirmed."""

    told: int = 0
    missing: tuple[Person, ...] = ()

    @property
    def read(self) -> int:
        """How many have confirmed."""
        return self.told - len(self.missing)

    @property
    def first(self) -> tuple[Person, ...]:
        """Some of those who have not."""
        return self.missing[:SHOWN]

    @property
    def further(self) -> int:
        """How many of those are not shown."""
        return len(self.missing) - len(self.first)


def untold(edition: Edition) -> list[Person]:
    """Those who work here and have not been told of an edition, by name."""
    told = _people(edition.version, (TOLD,))[TOLD]
    return [each for each in people() if each.pk not in told]


def known(edition: Edition) -> Known:
    """How far an edition is known among those who work here."""
    found = _people(edition.version, (TOLD, ACKNOWLEDGED))
    here = [each for each in people() if each.pk in found[TOLD]] if found[TOLD] else []
    return Known(len(here), tuple(each for each in here if each.pk not in found[ACKNOWLEDGED]))


def unread(person: Person) -> list[str]:
    """Versions of which somebody was told and which they have not confirmed, the earliest first."""
    found: dict[str, None] = {}
    for name, _unit, payload in journal.payloads(None, (TOLD, ACKNOWLEDGED), unit_id=str(person.pk)):
        version = str(payload["version"])
        found |= {version: None} if name == TOLD else {}
        if name == ACKNOWLEDGED:
            found.pop(version, None)
    return list(found)


def _people(version: str, names: Iterable[str]) -> dict[str, set[UUID]]:
    """Those of whom such facts were stated about a version, by the name of the fact."""
    found: dict[str, set[UUID]] = {name: set() for name in names}
    for name, unit_id, payload in journal.payloads(None, found):
        if payload["version"] == version:
            found[name].add(UUID(unit_id))
    return found
