"""The verbs on a department's copy: accept, return, resend, recall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.handover import content, facts, labels, rules, states
from aftersign.chapters.handover.acts.form import latest_form
from aftersign.chapters.handover.acts.signing import Ceremony, sign_under, signer_of
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.moves import IllegalMove
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now


@dataclass(frozen=True)
class Returning:
    """One thing that a department wants put right: a reference into the form, why, and what exactly."""

    item: str
    reason: str
    text: str


@act("handover.accept_copy", capability="handover.accept_copy", checks=("giver_is_not_receiver",))
def accept_copy(copy: HandoverCopy, *, check_value: str, ceremony: Ceremony, by: Actor) -> HandoverCopy:
    """A department accepts its copy with a signature; the last one completes the handover."""
    _answer(copy, "accepted")
    signature = sign_under(copy.form, check_value=check_value, ceremony=ceremony, by=by, copy=copy)
    state(
        facts.CopyAccepted(
            about=copy,
            signer=signature.person_id,
            check_value=check_value,
            responsibility=signature.responsibility,
            reservations=signature.reservations or None,
            files=(ceremony.paper.scan.sha256,) if ceremony.paper else (),
        )
    )
    _complete_if_accepted(copy)
    return copy


@act("handover.return_copy", capability="handover.return_copy")
def return_copy(copy: HandoverCopy, *, check_value: str, items: tuple[Returning, ...], by: Actor) -> HandoverCopy:
    """A department returns its copy and says of each thing what is wrong with it.

    Raises `Refused` when nothing is named, or a thing is not in the form, has no reason or nothing said about it.
    """
    if found := tuple(_faults(copy.form.content, items)):
        raise Refused(found)
    _answer(copy, "returned")
    at = now()
    ReturnItem.objects.bulk_create(
        ReturnItem(order_id=copy.order_id, copy=copy, form=copy.form, by=signer_of(by), at=at, **asdict(each))
        for each in items
    )
    state(
        facts.CopyReturned(
            about=copy,
            reasons="\n".join(each.text for each in items),
            items=[asdict(each) for each in items],
        )
    )
    return copy


@act("handover.resend_copy", capability="handover.resend_copy")
def resend_copy(copy: HandoverCopy, *, note: str, answers: Mapping[UUID, str], by: Actor) -> HandoverCopy:
    """Send a department the latest version for the one it holds; `answers` go by the ids of what was returned.

    Raises `Refused` where it has signed for that version already: nothing is signed twice.
    """
    form, held = latest_form(copy.order), copy.form
    if copy.state == "accepted" and held == form:
        raise IllegalMove.because(_("This department has signed for this version already."), check="state")
    accepted_before = copy.signatures.exists()
    if copy.state in ("accepted", "returned"):
        copy.since = held
    states.move(copy, "resent")
    copy.form, copy.received_at, copy.answered_at = form, now(), None
    copy.version += 1
    copy.save()
    if form.handover.state == "signed":
        states.move(form.handover, "distributed")
        form.handover.save()
    state(
        facts.CopyResent(
            about=copy,
            check_value=form.check_value,
            answers="\n".join((note, *_answered(copy, answers))).strip(),
            version=form.number,
            differences=[asdict(each) for each in content.differences(held.content, form.content)],
            accepted_before=accepted_before,
        )
    )
    return copy


@act("handover.recall_copy", capability="handover.recall_copy")
def recall_copy(copy: HandoverCopy, *, reason: str, by: Actor) -> HandoverCopy:
    """Take back a copy that went to the wrong department; where only it stood in the way, the handover is accepted."""
    states.move(copy, "recalled")
    copy.recall_reason = reason
    copy.save()
    state(facts.CopyRecalled(about=copy, reason=reason))
    _complete_if_accepted(copy)
    return copy


def _complete_if_accepted(moved: HandoverCopy) -> None:
    """The handover is accepted by the last signature, or once a copy that stood in the way has been recalled."""
    handover = moved.handover
    copies = list(handover.copies.select_related("form"))
    if handover.accepted_at is not None or not rules.is_complete(copies, handover.latest):
        return
    states.move(handover, "accepted")
    handover.accepted_at = now()
    handover.save()
    signed = [(each.answered_at, each == moved, each) for each in copies if each.state == "accepted"]
    _at, _is_moved, last = max(signed, key=lambda each: (each[0] or handover.accepted_at, each[1]))
    state(facts.Accepted(about=moved.order, last_department=last.department_id))


def _faults(form: content.Content, items: tuple[Returning, ...]) -> Iterator[Refusal]:
    places = {*form.sections, "documents", *form.items()}
    if not items:
        yield Refusal(_("Choose what has to be put right."))
    for each in items:
        said = {"item": labels.item(each.item)}
        if each.item not in places:
            yield Refusal(_("The form has no place %(item)s.") % said)
        elif each.reason not in ReturnItem.Reason.values:
            yield Refusal(_("Say why %(item)s is returned.") % said)
        elif not each.text.strip():
            yield Refusal(_("Say what exactly is wrong with %(item)s.") % said)


def _answer(copy: HandoverCopy, to: str) -> None:
    states.move(copy, to)
    copy.answered_at = now()
    copy.save()


def _answered(copy: HandoverCopy, answers: Mapping[UUID, str]) -> list[str]:
    """Keep the answers to what was returned on this form, by whichever department, and give them as text."""
    rows = list(ReturnItem.objects.filter(order_id=copy.order_id, pk__in=answers.keys()))
    for row in rows:
        row.answer = answers[row.pk]
    ReturnItem.objects.bulk_update(rows, ["answer"])
    return [row.answer for row in rows]
