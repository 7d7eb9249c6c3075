"""Copies that wait for a signature, and those among them whose receiver has read and ticked everything already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict

from aftersign.chapters.handover import states
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.queries.accepting import with_orders_accepting
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.shell import drafts
from aftersign.kernel.shell.models import Draft

MOST = 100
_FORM = "handover.read_copy"


@dataclass(frozen=True)
class ReadCopy:
    """A copy whose receiver has ticked everything of the version they saw, and what they declare when they sign."""

    copy: HandoverCopy
    read_at: datetime
    points: tuple[str, ...]
    responsibility: str
    reservations: str = ""
    read: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForSignature:
    """What waits for somebody's signature: copies that were read, copies that were not, and copies changed since."""

    read: tuple[ReadCopy, ...]
    unread: tuple[HandoverCopy, ...]
    changed: tuple[HandoverCopy, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.read or self.unread or self.changed)


def put_aside(actor: Actor, copy: HandoverCopy, said: QueryDict) -> None:
    """Remember that a receiver has read a copy, with all that they ticked and declared."""
    if actor.person:
        drafts.save(actor.person, _FORM, drafts.subject_of(copy), said)


def read_copy(actor: Actor, copy: HandoverCopy) -> ReadCopy | None:
    """What somebody has put aside of a copy, as long as its text is still the one they read."""
    kept = Draft.objects.filter(person=actor.person, form=_FORM, subject=drafts.subject_of(copy)).first()
    return _read(copy, kept) if kept else None


def for_signature(actor: Actor) -> ForSignature:
    """What waits for a signature of somebody, the oldest first, a hundred at most; two queries."""
    waiting = [copy for copy in _waiting(actor) if allowed(actor, "handover.accept_copy", copy)]
    mine = Draft.objects.filter(person=actor.person, form=_FORM, subject__in=[str(each.pk) for each in waiting])
    kept = {each.subject: each for each in mine}
    found = {copy.pk: _read(copy, kept[str(copy.pk)]) for copy in waiting if str(copy.pk) in kept}
    return ForSignature(
        read=tuple(each for each in found.values() if each),
        unread=tuple(copy for copy in waiting if copy.pk not in found),
        changed=tuple(copy for copy in waiting if copy.pk in found and not found[copy.pk]),
    )


def forget(actor: Actor, copy: HandoverCopy) -> None:
    """Once a copy is answered nothing is kept of its reading."""
    Draft.objects.filter(person=actor.person, form=_FORM, subject=drafts.subject_of(copy)).delete()


def _waiting(actor: Actor) -> list[HandoverCopy]:
    person = actor.principal
    if person is None:
        return []
    received = Q(department__head=person) | Q(department=person.department_id)
    rows = with_orders_accepting(HandoverCopy.objects.filter(received, state__in=states.WAITING))
    related = rows.select_related("form", "handover", "department__head", "order__customer", "order__sales_owner")
    return list(related.order_by("received_at", "id")[:MOST])


def _read(copy: HandoverCopy, kept: Draft) -> ReadCopy | None:
    """The reading, unless the form was written anew since or has a point that was not ticked."""
    said = drafts.as_sent(kept)
    points = tuple(each["no"] for each in copy.form.content.key_points)
    if said.get("check_value") != copy.form.check_value or not all(said.get(f"point-{no}") for no in points):
        return None
    duty, reserved = (str(said.get(name, "")) for name in ("responsibility", "reservations"))
    return ReadCopy(copy, kept.saved_at, points, duty, reserved, tuple(map(str, said.getlist("read"))))
