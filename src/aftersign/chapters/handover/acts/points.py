"""The verbs on key points: the giver explains them, the receiver confirms having understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from aftersign.chapters.handover import facts
from aftersign.chapters.handover.acts.form import latest_form
from aftersign.chapters.handover.acts.signing import signer_of
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import Explanation, HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order


@dataclass(frozen=True)
class Session:
    """A meeting in which key points were explained: when, how, and who was there."""

    held_at: datetime
    channel: str
    attendees: tuple[Person, ...]


@act("handover.explain", capability="handover.explain")
def explain(
    order: Order, *, copies: tuple[HandoverCopy, ...], session: Session, points: tuple[str, ...], by: Actor
) -> Order:
    """Record that the giver has explained key points to some departments in one meeting."""
    form, explainer = latest_form(order), signer_of(by)
    if any(copy.order_id != order.pk for copy in copies):
        raise Refused.because(_("Choose copies of this order."), missing=("copies",))
    told = _points(form.content, points)
    held = Explanation.objects.create(
        order=order,
        handover=form.handover,
        channel=session.channel,
        held_at=session.held_at,
        explainer=explainer,
        points=told,
    )
    held.copies.add(*copies)
    held.attendees.add(*session.attendees)
    for copy in copies:
        copy.order = order
        state(
            facts.KeyPointsExplained(
                about=copy,
                at=session.held_at,
                held_at=session.held_at,
                explainer=explainer.pk,
                attendees=[each.pk for each in session.attendees],
                points=told,
            )
        )
    return order


@act("handover.confirm_points", capability="handover.confirm_points")
def confirm_points(copy: HandoverCopy, *, points: tuple[str, ...], by: Actor) -> HandoverCopy:
    """A receiver confirms the key points, all of them, one by one."""
    demanded = copy.form.content.key_points
    lacking = tuple(row["no"] for row in demanded if row["no"] not in points)
    if lacking:
        raise Refused.because(_("Confirm each key point before signing."), check="key_points", missing=lacking)
    confirmed = _points(copy.form.content, points)
    state(facts.KeyPointsConfirmed(about=copy, confirmed_by=signer_of(by).pk, points=confirmed))
    return copy


def _points(content: Content, numbers: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"no": row["no"], "text": row["text"]} for row in content.key_points if row["no"] in numbers]
