"""What the set-up does: put an edition in force by itself, and say which rooms are installed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from aftersign.chapters.final import facts, queries
from aftersign.chapters.final.acts.drafting import enter_draft
from aftersign.chapters.final.acts.issuing import enter_issue
from aftersign.chapters.final.acts.taking_effect import take_effect
from aftersign.chapters.final.rules import refuse_known, sound
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.org.models import Company
from aftersign.orders.queries.days import first_minute, today
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import load


@act("policy.put_in_force", capability="policy.put_in_force")
def put_in_force(company: Company, *, folder: Path, from_on: date | None = None, by: Actor) -> Edition:
    """The rulebook in a folder comes into force on a day, today unless said, and replaces the one before.

    It holds from the first minute of that day; a day to come is awaited by the worker. Orders signed before keep
    theirs. The edition in force given again changes nothing. Raises `Refused` with file, line and reason of every
    fault, and for any other version that is known already; the edition in force then stays in force.
    """
    rulebook = sound(lambda: load(folder))
    known = Edition.objects.filter(version=rulebook.version, digest=rulebook.digest).first()
    if known is not None and known.effective_on is not None and known.replaced_at is None:
        return known
    refuse_known(rulebook)
    edition = enter_draft(rulebook, "", by)
    day = from_on or today(company)
    enter_issue(edition, day, by)
    if day <= today(company):
        take_effect(company, edition, day)
    return edition


@act("policy.install_rooms", capability="policy.install_rooms")
def install_rooms(company: Company, *, rooms: Iterable[str], by: Actor) -> Company:
    """The rooms that the program brings are installed; those that are already stay as they are.

    What the first edition finds was installed when its day began: a room binds the orders signed from then on.
    """
    at = first_minute(today(company), company) if store.current() is None else None
    for room in sorted(set(rooms) - queries.installed_rooms()):
        state(facts.RoomInstalled(about=company, at=at, room=room))
    return company
