"""Taking a signature back: by one press while it is fresh; a giver's takes along what was sent with it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import queries, rules, states
from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy, ReturnItem, Signature
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import withdrawing
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.acts.withdrawing import Facts, Way
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.policy.models import StatedFact

SENT = ("handover.copy_sent", "handover.distributed", "handover.copy_resent")
# What happens to a form or a copy of it once it is signed and out; beside these the case goes its own way.
_BUILT = frozenset(
    f"handover.{each}"
    for each in (
        "submitted",
        "giver_signed",
        *("distributed", "copy_sent", "copy_resent", "copy_recalled", "copy_accepted", "copy_returned"),
        *("key_points_explained", "key_points_confirmed", "question_asked", "accepted"),
    )
)
_AGAIN = gettext_lazy("A giver's signature is not put back: sign the form and send it again.")


@act("handover.withdraw_signature", capability="handover.withdraw_signature")
def withdraw_signature(unit: Model, *, signature: UUID, by: Actor) -> Model:
    """Take one's own signature back, under a copy or under the form itself, as long as it is fresh and stands alone.

    Raises `Forbidden` for anybody but who gave it, and `Refused` with what remains when it is too late.
    """
    order = rules.order_of(unit)
    row = Signature.everything.filter(order=order, pk=signature, copy=rules.copy_of(unit)).first()
    fact = queries.fact_of(row) if row else None
    if row is None or fact is None or row.withdrawn_at:
        raise Refused.because(_("This signature has been withdrawn already."))
    if not by.hands & {fact.actor_id, fact.on_behalf_of}:
        raise Forbidden.because(_("Only %(name)s withdraws this signature.") % {"name": row.name})
    if sentence := queries.firm(row, fact):
        raise Refused.because(str(sentence))
    withdrawing.withdraw(StatedFact.objects.get(pk=fact.id), reason=_("Withdrawn at once after signing."), by=by)
    return unit


def _sent_with(fact: Recorded, later: Facts) -> list[Recorded]:
    """What went out with this signature: the same act stated it."""
    mine = (fact.entered, fact.actor_id)
    return [each for each in later if each.name in SENT and (each.entered, each.actor_id) == mine]


def _objection(fact: Recorded) -> str | Promise:
    """Why a giver's signature stays: somebody has acted on it, it is no longer fresh, or it is gone already."""
    told = journal.standing_of(fact.order_id, {fact.name, *_BUILT}) if fact.order_id else []
    if all(each.id != fact.id for each in told):
        return _AGAIN
    later = [each for each in told if each.sequence > fact.sequence]
    out = {each.id for each in _sent_with(fact, later)}
    if any(each.name in _BUILT and each.id not in out for each in later):
        return queries.ACTED_ON
    return "" if queries.is_fresh(fact.entered) else queries.OVER_FOR_GIVER


def _unsign(fact: Recorded) -> None:
    """The version waits for a signature again, and what went out with the one that is gone goes back."""
    handover = Handover.objects.get(order=fact.order_id)
    form = FormVersion.objects.get(handover=handover, check_value=fact.payload["check_value"])
    sent = [each for each in journal.standing_of(handover.order_id, SENT) if each.sequence > fact.sequence]
    for each in _sent_with(fact, sent):
        if each.name == "handover.copy_sent":
            _call_back(each)
        elif each.name == "handover.copy_resent":
            _as_before(each)
    states.move(handover, "submitted")
    handover.save()
    Signature.objects.filter(form=form, role=Signature.Role.GIVER).update(withdrawn_at=now())


def _call_back(fact: Recorded) -> None:
    copy = HandoverCopy.objects.get(pk=fact.unit_id)
    states.move(copy, "recalled")
    copy.recall_reason = _("The giver has withdrawn the signature.")
    copy.version += 1
    copy.save()


def _as_before(fact: Recorded) -> None:
    """The copy as it stood before it was sent anew, read from its own facts."""
    copy = HandoverCopy.objects.select_related("form").get(pk=fact.unit_id)
    versions = {each.check_value: each for each in FormVersion.objects.filter(handover=copy.handover_id)}
    since, held, state, received, answered = None, copy.form, "sent", copy.received_at, None
    for each in _life_before(fact):
        if each.name in SENT:
            since = held if state in ("accepted", "returned") else since
            held, received, answered = versions[each.payload["check_value"]], each.entered, None
        else:
            answered = each.entered
        state = each.name.removeprefix("handover.copy_")
    states.move_back(copy, state)
    copy.form, copy.since, copy.received_at, copy.answered_at = held, since, received, answered
    copy.version += 1
    copy.save()
    ReturnItem.objects.filter(copy=copy, form=held).update(answer="")


def _life_before(fact: Recorded) -> list[Recorded]:
    names = (*SENT, "handover.copy_accepted", "handover.copy_returned")
    told = journal.standing_of(fact.order_id, names) if fact.order_id else []
    return [each for each in told if each.unit_id == fact.unit_id and each.sequence < fact.sequence]


WAY = Way(_unsign, together=_sent_with, objection=_objection)
