"""Several verbs in one go and one transaction: what people do with one press and one password."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.handover import queries, states
from aftersign.chapters.handover.acts.copies import accept_copy, resend_copy
from aftersign.chapters.handover.acts.form import distribute, latest_form, sign, submit
from aftersign.chapters.handover.acts.points import confirm_points
from aftersign.chapters.handover.acts.signing import Ceremony
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Department
from aftersign.orders.models import Order


@act("handover.send_and_sign", capability="handover.submit")
def send_and_sign(
    order: Order, *, content: Content, departments: tuple[Department, ...], responsibility: str, by: Actor
) -> Order:
    """Submit the form, sign it and send it out: all of it, or nothing; refused once there are copies to be resent."""
    if HandoverCopy.objects.filter(order=order, state__in=states.LIVE).exists():
        raise Refused.because(_("This form has been sent already. Correct it and send it again."))
    _submit_and_sign(order, content, responsibility, by)
    return distribute(order, departments=departments, by=by)


@act("handover.correct_and_resend", capability="handover.submit")
def correct_and_resend(
    order: Order, *, content: Content, note: str, answers: Mapping[UUID, str], responsibility: str, by: Actor
) -> Order:
    """Submit a new version, sign it, and send it to all who have a copy, or, where nobody has, to all whom it names."""
    _submit_and_sign(order, content, responsibility, by)
    return _send(order, note, answers, by)


@act("handover.sign_and_send", capability="handover.sign")
def sign_and_send(order: Order, *, check_value: str, note: str, ceremony: Ceremony, by: Actor) -> Order:
    """Sign the version that waits for its giver's signature, and send it where it has not arrived yet."""
    sign(order, check_value=check_value, ceremony=ceremony, by=by)
    return _send(order, note, {}, by)


@act("handover.sign_for_copy", capability="handover.accept_copy")
def sign_for_copy(
    copy: HandoverCopy, *, check_value: str, points: tuple[str, ...], ceremony: Ceremony, by: Actor
) -> HandoverCopy:
    """Confirm the key points one by one, where there are any, and accept the copy."""
    if points:
        copy = confirm_points(copy, points=points, by=by)
    return accept_copy(copy, check_value=check_value, ceremony=ceremony, by=by)


def _send(order: Order, note: str, answers: Mapping[UUID, str], by: Actor) -> Order:
    copies = HandoverCopy.objects.filter(order=order, state__in=states.LIVE)
    live = list(copies.select_related("form", "department"))
    for copy in live:
        copy.order = order
        resend_copy(copy, note=note, answers=answers, by=by)
    if not live:
        distribute(order, departments=queries.recipients_of(latest_form(order).content), by=by)
    return order


def _submit_and_sign(order: Order, content: Content, responsibility: str, by: Actor) -> None:
    submit(order, content=content, by=by)
    sign(order, check_value=latest_form(order).check_value, ceremony=Ceremony(responsibility), by=by)
