"""Drafting an edition, and withdrawing one that is not in force yet."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from aftersign.chapters.final import facts
from aftersign.chapters.final.rules import refuse_unless_new, sound
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import entry_time, state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company
from aftersign.policy.editions import store
from aftersign.policy.editions.differences import differences
from aftersign.policy.models import Edition, EditionState
from aftersign.policy.rulebook import Rulebook


@act("policy.draft", capability="policy.draft")
def draft(company: Company, *, files: Mapping[str, str | bytes], reason: str, by: Actor) -> Edition:
    """An edition is drafted from the files of a rulebook, which nobody edits afterwards; it waits for its approval.

    Raises `Refused` with file, line and reason of every fault, for a version that is known already, without a reason,
    and when nothing differs from the edition in force; then there is no draft.
    """
    if not reason.strip():
        raise Refused.because(_("Write why the policy is revised."), missing=("reason",))
    rulebook = sound(lambda: store.read_files(files))
    refuse_unless_new(rulebook)
    return enter_draft(rulebook, reason.strip(), by)


def enter_draft(rulebook: Rulebook, reason: str, by: Actor) -> Edition:
    """The row and the fact of a draft."""
    before = store.current()
    rows = differences(store.rulebook_of(before.pk), rulebook).rows if before else []
    drafter = by.principal
    edition = Edition.objects.create(
        rulebook=rulebook.id,
        version=rulebook.version,
        digest=rulebook.digest,
        files=dict(rulebook.files),
        drafted_at=entry_time(),
        drafter=drafter,
        reason=reason,
        changes=rows,
    )
    drafted = facts.Drafted(
        about=edition,
        files=(rulebook.digest,),
        version=rulebook.version,
        drafter=drafter.pk if drafter else None,
        changes=rows,
        reason=reason or None,
    )
    state(drafted)
    return edition


@act("policy.withdraw_edition", capability="policy.withdraw_edition")
def withdraw_edition(edition: Edition, *, reason: str, by: Actor) -> Edition:
    """An edition that is not in force is withdrawn, issued or not, and never comes into force; it stays readable."""
    if edition.state not in (EditionState.DRAFT, EditionState.ISSUED):
        raise Refused.because(_("Only an edition that is not yet in force can be withdrawn."))
    if not reason.strip():
        raise Refused.because(_("Write why the edition is withdrawn."), missing=("reason",))
    edition.withdrawn_at = entry_time()
    edition.save(update_fields=["withdrawn_at"])
    state(facts.EditionWithdrawn(about=edition, version=edition.version, reason=reason.strip()))
    return edition
