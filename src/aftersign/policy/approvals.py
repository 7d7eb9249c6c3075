"""Who may approve an exception: the approvers of an edition, read for whoever it concerns, as things stand now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from aftersign.kernel.clock import now
from aftersign.kernel.clock.due import due
from aftersign.kernel.clock.durations import duration
from aftersign.kernel.org.remembering import remembered
from aftersign.policy.editions import store
from aftersign.policy.engine import Meant, holders
from aftersign.policy.engine.world import FOREVER
from aftersign.policy.models import Duty
from aftersign.policy.moments import count, moment
from aftersign.policy.standing import present

WAIVER, EXTENSION, RELEASE, WITHDRAWAL = "waiver", "extension", "release", "withdrawal_late"
ALONE = "1bd"
"""How long the author may withdraw a fact alone, as the grammar says."""


def approvers_of(what: str, edition: UUID | str, concerned: Meant, asked_by: Iterable[UUID | None]) -> frozenset[UUID]:
    """Ids of the people who may approve, or for whom their deputy may, acting in their name; never those who asked.

    `concerned` owns the duty, for a release it is whoever asks, for a late withdrawal the author.
    """
    asked = sorted(str(each) for each in asked_by if each)
    key = f"approvers {what} {edition} {concerned.person} {concerned.department} {asked}"
    return remembered(key, lambda: _read(what, edition, concerned, asked))


def _read(what: str, edition: UUID | str, concerned: Meant, asked: list[str]) -> frozenset[UUID]:
    world = present()
    day = world.zone(store.program_of(edition)).text(count(now()))[:10]
    found = holders(store.rulebook_of(edition), world.people, what, concerned, asked, FOREVER, day)
    return frozenset(UUID(each) for each in found)


def owner_of(duty: Duty) -> Meant:
    """Who owes a duty, as roles are read for them."""
    return concerned_by(duty.owner_id, duty.owner_department_id)


def concerned_by(person: UUID | None, department: UUID | None = None) -> Meant:
    """A person, else a department, as roles are read for them."""
    return Meant(str(person) if person else None, str(department) if department and not person else None)


def alone_until(entered: datetime, edition: UUID | str) -> datetime:
    """Until when the author may withdraw a fact without a second person."""
    world = present()
    zone = world.zone(store.program_of(edition))
    return moment(due(count(entered), duration(ALONE), world.calendar(), zone))
