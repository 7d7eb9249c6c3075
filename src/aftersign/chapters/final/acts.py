"""The verbs on editions: put one in force, and say which rooms are installed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from aftersign.chapters.final import facts
from aftersign.chapters.final.rules import terms_ended
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Company
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import BrokenRulebook, Rulebook, load


@act("policy.put_in_force", capability="policy.put_in_force")
def put_in_force(company: Company, *, folder: Path, by: Actor) -> Edition:
    """The rulebook in a folder comes into force now and replaces the one before.

    Orders signed before keep theirs. Raises `Refused` with file, line and reason of every fault, and for a version that
    is known already; the edition in force then stays in force.
    """
    rulebook = _sound(folder)
    before = Edition.objects.select_for_update().filter(in_force_from__isnull=False, replaced_at=None).first()
    if Edition.objects.filter(version=rulebook.version).exists():
        raise Refused.because(_("Version %(version)s is known already; give it another.") % {"version": rulebook.version})
    moment = now()
    edition = Edition.objects.create(
        rulebook=rulebook.id,
        version=rulebook.version,
        digest=rulebook.digest,
        files=dict(rulebook.files),
        drafted_at=moment,
        in_force_from=moment,
        approver=by.person,
    )
    state(facts.Drafted(about=edition, files=(rulebook.digest,), version=edition.version, drafter=by.id))
    state(facts.Issued(about=edition, version=edition.version, approver=by.id, effective_on=moment.date()))
    if before is not None:
        _replace(before, rulebook)
    state(facts.TookEffect(about=edition, carries=_of(company), version=edition.version, first=before is None))
    return edition


@act("policy.install_rooms", capability="policy.install_rooms")
def install_rooms(company: Company, *, rooms: Iterable[str], known: Iterable[str] = (), by: Actor) -> Company:
    """The rooms that the program brings are installed; those `known` already are left as they are."""
    for room in sorted(set(rooms) - set(known)):
        state(facts.RoomInstalled(about=company, room=room))
    return company


def _sound(folder: Path) -> Rulebook:
    try:
        return load(folder)
    except BrokenRulebook as broken:
        raise Refused(tuple(Refusal(str(fault)) for fault in broken.faults)) from None


def _replace(before: Edition, rulebook: Rulebook) -> None:
    before.replaced_at = now()
    before.save(update_fields=["replaced_at"])
    ended = terms_ended(store.rulebook_of(before.pk), rulebook)
    state(facts.WasReplaced(about=before, version=before.version, terms_ended=ended))


def _of(company: Company) -> dict[str, str]:
    return {"company": str(company.pk)}
