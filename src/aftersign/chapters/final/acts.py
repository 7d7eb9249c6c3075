"""The verbs on editions: put one in force, and say which rooms are installed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from aftersign.chapters.final import facts, queries
from aftersign.chapters.final.rules import changed_files, terms_ended
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act, clockwork
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Company
from aftersign.orders.queries.days import first_minute, today
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import BrokenRulebook, Rulebook, load


@act("policy.put_in_force", capability="policy.put_in_force")
def put_in_force(company: Company, *, folder: Path, from_on: date | None = None, by: Actor) -> Edition:
    """The rulebook in a folder comes into force on a day, today unless said, and replaces the one before.

    It holds from the first minute of that day; a day to come is awaited by the worker. Orders signed before keep
    theirs. The edition in force given again changes nothing. Raises `Refused` with file, line and reason of every
    fault, and for any other version that is known already; the edition in force then stays in force.
    """
    rulebook = _sound(folder)
    known = Edition.objects.filter(version=rulebook.version).first()
    if known is not None and known.digest == rulebook.digest and known.replaced_at is None:
        return known
    if known is not None:
        raise Refused.because(_("Version %(version)s is known already; give it another.") % {"version": known.version})
    day = from_on or today(company)
    edition = _issue(rulebook, day, by)
    if day <= today(company):
        _take_effect(company, edition, day)
    return edition


def bring_into_force(company: Company, *, by: Actor) -> list[Edition]:
    """The clock brings issued editions into force whose day has come; safe on several workers at once."""
    if not queries.is_awaited():
        return []
    with clockwork(company, by=by):
        due = [(day, edition) for day, edition in queries.awaited() if day <= today(company)]
        for day, edition in due:
            _take_effect(company, edition, day)
    return [edition for _day, edition in due]


@act("policy.install_rooms", capability="policy.install_rooms")
def install_rooms(company: Company, *, rooms: Iterable[str], by: Actor) -> Company:
    """The rooms that the program brings are installed; those that are already stay as they are.

    What the first edition finds was installed when its day began: a room binds the orders signed from then on.
    """
    at = first_minute(today(company), company) if store.current() is None else None
    for room in sorted(set(rooms) - queries.installed_rooms()):
        state(facts.RoomInstalled(about=company, at=at, room=room))
    return company


def _sound(folder: Path) -> Rulebook:
    try:
        return load(folder)
    except BrokenRulebook as broken:
        raise Refused(tuple(Refusal(str(fault)) for fault in broken.faults)) from None


def _issue(rulebook: Rulebook, day: date, by: Actor) -> Edition:
    before = store.current()
    edition = Edition.objects.create(
        rulebook=rulebook.id,
        version=rulebook.version,
        digest=rulebook.digest,
        files=dict(rulebook.files),
        drafted_at=now(),
        approver=by.person,
    )
    changes = changed_files(store.rulebook_of(before.pk) if before else None, rulebook)
    version = rulebook.version
    state(facts.Drafted(about=edition, files=(rulebook.digest,), version=version, drafter=by.id, changes=changes))
    state(facts.Issued(about=edition, version=version, approver=by.id, effective_on=day))
    return edition


def _take_effect(company: Company, edition: Edition, day: date) -> None:
    """An edition takes effect with its day, or with the one before it if that began later."""
    moment = first_minute(day, company)
    before = store.current()
    if before is not None:
        moment = _replace(company, before, edition, moment)
    edition.in_force_from = moment
    edition.save(update_fields=["in_force_from"])
    carries = {"company": str(company.pk)}
    state(facts.TookEffect(about=edition, at=moment, carries=carries, version=edition.version, first=before is None))
    transaction.on_commit(store.forget)


def _replace(company: Company, before: Edition, edition: Edition, moment: datetime) -> datetime:
    moment = max(moment, before.in_force_from or moment)
    before.replaced_at = moment
    before.save(update_fields=["replaced_at"])
    ended = terms_ended(store.rulebook_of(before.pk), store.rulebook_of(edition.pk))
    carries = {"company": str(company.pk)}
    state(facts.WasReplaced(about=before, at=moment, carries=carries, version=before.version, terms_ended=ended))
    return moment
