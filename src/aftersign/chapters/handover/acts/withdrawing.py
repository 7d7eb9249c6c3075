"""How the facts of the handover are withdrawn, and what people do instead where others have read or signed them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import queries, states
from aftersign.chapters.handover.acts import unsigning
from aftersign.chapters.handover.models import (
    Correction,
    Explanation,
    Handover,
    HandoverCopy,
    Original,
    Question,
    ReturnItem,
    Signature,
)
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.acts.withdrawing import (
    Facts,
    Way,
    of_same_act,
    of_same_case,
    of_same_unit,
    offer,
    offer_instead,
    way_of,
)
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded

ACCEPTED = "handover.accepted"
_NEXT_VERSION = gettext_lazy("Submit a new version of the form and send it; all versions stay in the record.")
_INSTEAD = {
    "handover.submitted": _NEXT_VERSION,
    "handover.copy_resent": _NEXT_VERSION,
    "handover.distributed": gettext_lazy("Recall the copy that went to the wrong department."),
    "handover.copy_sent": gettext_lazy("Recall the copy that went to the wrong department."),
    "handover.copy_recalled": gettext_lazy("Send the form to this department again."),
    "handover.signed_on_paper": gettext_lazy("Withdraw this department's acceptance of its copy; this goes with it."),
}
_BY_THE_LAST = gettext_lazy("Withdraw the last department's acceptance of its copy; this goes with it.")


def offer_all() -> None:
    """Put every kind of fact in its place; called once, when the application starts."""
    moved_on = ("handover.copy_resent", "handover.copy_recalled")
    offer("handover.giver_signed", unsigning.WAY)
    offer(
        "handover.copy_accepted",
        Way(_unaccept, _accept, built_on=_after_acceptance, together=_consequences),
    )
    corrected = of_same_case("handover.corrected")
    offer(ACCEPTED, Way(_reopen, _complete, built_on=corrected, objection=_is_of_the_last))
    offer("handover.copy_returned", Way(_unreturn, _return, built_on=of_same_unit(*moved_on)))
    offer("handover.key_points_explained", Way(_unexplain, _explain))
    offer("handover.key_points_confirmed", Way())
    offer("handover.original_received", Way(_mark(_originals), _unmark(_originals)))
    offer("handover.corrected", Way(_mark(_corrections), _unmark(_corrections)))
    ended = ("handover.question_answered", "handover.question_withdrawn")
    offer("handover.question_asked", Way(_mistake, _reask, built_on=of_same_unit(*ended)))
    for name in ended:
        offer(name, Way(_reask, _end))
    for name, sentence in _INSTEAD.items():
        offer_instead(name, sentence)


def standing_firm(facts: Facts) -> frozenset[int]:
    """Which of these facts of an order are not withdrawn by themselves, by sequence; two queries at most."""
    given = [fact for fact in facts if fact.name == queries.GIVEN]
    # A signature that another one followed has been acted on, and one that is not fresh stays: that costs no question.
    last = [fact for fact in sorted(given, key=_place, reverse=True)[:1] if queries.is_fresh(fact.entered)]
    asked = [*last, *(fact for fact in facts if fact.name == ACCEPTED)]
    objected = [fact for fact in asked if (way := way_of(fact.name)) and way.objection(fact)]
    return frozenset(fact.sequence for fact in (*objected, *(each for each in given if each not in last)))


def _place(fact: Recorded) -> int:
    return fact.sequence


def _after_acceptance(fact: Recorded, later: Facts) -> list[Recorded]:
    """A copy that went on from there, and the completion of the whole, which needed this acceptance too."""
    on = of_same_unit("handover.copy_resent", "handover.copy_recalled")(fact, later)
    return [*on, *of_same_case(ACCEPTED)(fact, later)]


def _is_of_the_last(fact: Recorded) -> str | Promise:
    """A completion goes with the signature that brought it about; one that a recall did is withdrawn by itself."""
    signed = journal.standing_of(fact.order_id, ["handover.copy_accepted"])
    return _BY_THE_LAST if any(of_same_act(each, [fact], ACCEPTED) for each in signed) else ""


def _consequences(fact: Recorded, later: Facts) -> list[Recorded]:
    """The completion of the whole, where this acceptance was the last, and the paper on which it was given."""
    paper = [each for each in of_same_unit("handover.signed_on_paper")(fact, later) if each.entered == fact.entered]
    return [*of_same_act(fact, later, ACCEPTED), *paper]


def _copy(fact: Recorded) -> HandoverCopy:
    return HandoverCopy.objects.select_related("form", "handover").get(pk=fact.unit_id)


def _waits_again(fact: Recorded) -> HandoverCopy:
    """The copy as it was before its department answered."""
    copy = _copy(fact)
    resent = any(
        each.sequence < fact.sequence
        for each in journal.all_of(fact.order_id, "handover.copy_resent", unit_id=fact.unit_id)
    )
    states.move_back(copy, "resent" if resent else "sent")
    copy.answered_at = None
    copy.version += 1
    copy.save()
    return copy


def _answered_again(fact: Recorded, to: str) -> HandoverCopy:
    """The copy as its department had answered it; refused where it has been sent again since."""
    copy = _copy(fact)
    sent = journal.all_of(fact.order_id, "handover.copy_resent", unit_id=fact.unit_id)
    if any(each.sequence > fact.sequence for each in sent):
        raise Refused.because(_("There is a newer version of this form. Read what has changed, then sign that one."))
    states.move(copy, to)
    copy.answered_at = fact.entered
    copy.version += 1
    copy.save()
    return copy


def _unaccept(fact: Recorded) -> None:
    copy = _waits_again(fact)
    Signature.objects.filter(copy=copy, check_value=fact.payload["check_value"]).update(withdrawn_at=now())


def _accept(fact: Recorded) -> None:
    copy = _answered_again(fact, "accepted")
    if copy.form.check_value != fact.payload["check_value"]:
        raise Refused.because(_("There is a newer version of this form. Read what has changed, then sign that one."))
    _nearest(Signature.everything.filter(copy=copy, person=fact.payload["signer"]), "signed_at", fact.entered)


def _reopen(fact: Recorded) -> None:
    handover = Handover.objects.get(order=fact.order_id)
    states.move_back(handover, "distributed")
    handover.accepted_at = None
    handover.save()


def _complete(fact: Recorded) -> None:
    handover = Handover.objects.get(order=fact.order_id)
    states.move(handover, "accepted")
    handover.accepted_at = fact.entered
    handover.save()


def _unreturn(fact: Recorded) -> None:
    copy = _waits_again(fact)
    _nearest(ReturnItem.objects.filter(copy=copy, form=copy.form), "at", fact.entered, withdrawn_at=now())


def _return(fact: Recorded) -> None:
    copy = _answered_again(fact, "returned")
    _nearest(ReturnItem.everything.filter(copy=copy, form=copy.form), "at", fact.entered)


def _meetings(fact: Recorded) -> QuerySet[Explanation]:
    said = fact.payload
    return Explanation.objects.filter(order=fact.order_id, held_at=fact.at, explainer=said["explainer"])


def _unexplain(fact: Recorded) -> None:
    for held in _meetings(fact):
        held.copies.remove(_copy(fact))


def _explain(fact: Recorded) -> None:
    held = _meetings(fact).first()
    if held is not None:
        held.copies.add(_copy(fact))


def _question(fact: Recorded) -> Question:
    return Question.objects.get(pk=fact.unit_id)


def _mistake(fact: Recorded) -> None:
    question = _question(fact)
    states.move_back(question, "mistaken")
    question.version += 1
    question.save()


def _reask(fact: Recorded) -> None:
    question = _question(fact)
    states.move_back(question, "asked")
    question.answer, question.answered_by, question.answered_at = "", None, None
    question.version += 1
    question.save()


def _end(fact: Recorded) -> None:
    """A question is answered, or withdrawn, with the words and by the person of the fact."""
    question = _question(fact)
    is_answer = fact.name == "handover.question_answered"
    text = fact.payload["answer" if is_answer else "reason"]
    if not isinstance(text, str):
        raise Refused.because(_("The words have been erased and cannot be put back."))
    states.move(question, "answered" if is_answer else "withdrawn")
    question.answer, question.answered_by_id, question.answered_at = text, fact.actor_id, fact.at
    question.version += 1
    question.save()


def _originals(fact: Recorded) -> QuerySet[Any]:
    return Original.everything.filter(order=fact.order_id, sha256=fact.payload["receipt"])


def _corrections(fact: Recorded) -> QuerySet[Any]:
    return Correction.everything.filter(order=fact.order_id, by=fact.actor_id)


Rows = Callable[[Recorded], QuerySet[Any]]
_MOMENT = {Original: "received_at", Correction: "at"}


def _mark(rows: Rows) -> Callable[[Recorded], None]:
    """Mark the row of a fact as withdrawn."""

    def follow(fact: Recorded) -> None:
        found = rows(fact).filter(withdrawn_at=None)
        _nearest(found, _MOMENT[found.model], fact.entered, withdrawn_at=now())

    return follow


def _unmark(rows: Rows) -> Callable[[Recorded], None]:
    """Take the mark away again; refused where another row has taken its place."""

    def follow(fact: Recorded) -> None:
        if rows is _originals and Original.objects.filter(order=fact.order_id).exists():
            raise Refused.because(_("The original of this contract is in the keeping of records already."))
        found = rows(fact).exclude(withdrawn_at=None)
        _nearest(found, _MOMENT[found.model], fact.entered)

    return follow


def _nearest(rows: QuerySet[Any], field: str, moment: datetime, withdrawn_at: datetime | None = None) -> None:
    """Mark the rows that were written when a fact was stated: an act takes its moments one after another."""
    known: list[tuple[UUID, datetime]] = list(rows.values_list("pk", field))
    if known:
        nearest = min((at for _pk, at in known), key=lambda at: abs(at - moment))
        rows.filter(pk__in=[pk for pk, at in known if at == nearest]).update(withdrawn_at=withdrawn_at)
