"""Signatures beside the facts that state them: which fact it was, and whether it can still be taken back at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aftersign.chapters.handover.models import FormVersion, HandoverCopy, Signature
from aftersign.chapters.handover.models.signature import FRESH
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import withdrawing
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.units import words
from aftersign.policy.editions import store

GIVEN, ACCEPTED = "handover.giver_signed", "handover.copy_accepted"
ACTED_ON = gettext_lazy("Others have acted on this form since it was signed. Correct it and send it again.")
OVER_FOR_GIVER = gettext_lazy(
    "The ten minutes in which a signature is withdrawn are over. Correct the form and send it again."
)
_OVER = gettext_lazy(
    "The ten minutes in which a signature is withdrawn by one press are over. Withdraw it with its reason in the "
    "activity of the order, or have the handover corrected."
)


def is_fresh(at: datetime) -> bool:
    """Whether something was signed so lately that it can be taken back by one press."""
    return now() - at <= FRESH


def fact_of(row: Signature, told: Iterable[Recorded] | None = None) -> Recorded | None:
    """The fact that states a signature, withdrawn or not; `told` are facts that were read already."""
    name = ACCEPTED if row.copy_id else GIVEN
    if told is None:
        told = journal.of_order(row.order_id, names=[name], private=False)
    found = [each for each in told if each.name == name and _states(each, row)]
    return min(found, key=lambda each: abs(each.entered - row.signed_at), default=None)


def firm(row: Signature, fact: Recorded) -> str | Promise:
    """Why a signature can no longer be taken back by one press, and what remains; nothing where it still can."""
    way = withdrawing.way_of(fact.name)
    if way is None:
        return OVER_FOR_GIVER
    if objection := way.objection(fact):
        return objection
    if not is_fresh(row.signed_at):
        return _OVER
    later = [each for each in journal.standing_of(row.order_id, _NAMES) if each.sequence > fact.sequence]
    mine = {each.id for each in way.together(fact, later)}
    if built := [each for each in way.built_on(fact, later) if each.id not in mine]:
        label = words.label("fact", built[0].name, get_language() or "zh-hans")
        sentence = _("Others have gone on from this signature: %(fact)s. What is wrong is corrected now.")
        return sentence % {"fact": label}
    return ""


def undoable(actor: Actor, rows: Iterable[Signature]) -> frozenset[UUID]:
    """Which signatures the actor may take back by one press now; asks nothing while none of theirs is fresh."""
    found = set()
    for row in rows:
        mine = row.method == Signature.Method.PAPER or actor.hands & {row.person_id, row.on_behalf_of_id}
        if actor.is_person and mine and is_fresh(row.signed_at):
            fact = fact_of(row)
            if fact and actor.hands & {fact.actor_id, fact.on_behalf_of} and not firm(row, fact):
                found.add(row.pk)
    return frozenset(found)


def version_seen(copy: HandoverCopy, check_value: str) -> FormVersion | None:
    """The older version of a copy's form that a page had shown, None where it shows the one that counts."""
    if not check_value or check_value == copy.form.check_value:
        return None
    return FormVersion.objects.filter(handover=copy.handover_id, check_value=check_value).first()


def whole_form_is_demanded() -> bool:
    """Whether the edition in force asks that the whole text has been read before it is signed for."""
    rulebook = store.shown()
    return rulebook is not None and any(term.check == WHOLE for term in rulebook.terms.values())


WHOLE = "receiver_has_read_whole_form"
_NAMES = ("handover.copy_resent", "handover.copy_recalled", "handover.accepted", "handover.signed_on_paper")


def _states(fact: Recorded, row: Signature) -> bool:
    said = fact.payload
    same = (said.get("signer"), said.get("check_value")) == (str(row.person_id), row.check_value)
    return same and (row.copy_id is None or fact.unit_id == str(row.copy_id))
