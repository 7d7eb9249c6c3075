"""How a handover stands: versions, copies, signatures, returns, questions, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _

from aftersign.chapters.handover import states
from aftersign.chapters.handover.models import (
    Correction,
    Explanation,
    FormVersion,
    Handover,
    HandoverCopy,
    Original,
    Question,
    ReturnItem,
    Signature,
)
from aftersign.chapters.handover.unit import visible_copies
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.units import words
from aftersign.orders.models import Order

SIGNED, OUTDATED, WAITING, RETURNED = "signed", "outdated", "waiting", "returned"


@dataclass(frozen=True)
class Block:
    """One place for a signature: whose, for which department, under which version, and whether it still counts.

    A place that waits has no signature; `former` are those of the same place that no longer count, the last one first.
    """

    state: str
    department: str
    role: str
    signature: Signature | None = None
    copy: HandoverCopy | None = None
    former: tuple[Signature, ...] = ()

    @property
    def name(self) -> str:
        """Who has signed, or the department that has not yet."""
        return self.signature.name if self.signature else self.department

    @property
    def took(self) -> timedelta | None:
        """The time from receiving the version to signing it."""
        return self.signature.took if self.signature else None

    @property
    def took_words(self) -> str:
        """How long signing took, in days and hours or in hours and minutes."""
        minutes = int(self.took.total_seconds()) // 60 if self.took else 0
        hours, days = minutes // 60, minutes // 1440
        if days:
            return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours % 24}
        if hours:
            return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
        return _("%(minutes)s min") % {"minutes": minutes}


@dataclass(frozen=True)
class Standing:
    """Everything around the form of one order that a page shows."""

    order: Order
    handover: Handover | None
    forms: Sequence[FormVersion]
    copies: Sequence[HandoverCopy]
    signatures: Sequence[Signature]
    withdrawn: Sequence[Signature] = ()
    returned: Sequence[ReturnItem] = ()
    questions: Sequence[Question] = ()
    explanations: Sequence[Explanation] = ()
    corrections: Sequence[Correction] = ()
    original: Original | None = None

    @property
    def form(self) -> FormVersion | None:
        """The version submitted last."""
        return self.forms[-1] if self.forms else None

    @property
    def live(self) -> list[HandoverCopy]:
        """The copies that have not been recalled."""
        return [copy for copy in self.copies if copy.state in states.LIVE]

    @property
    def is_complete(self) -> bool:
        """Whether every department that had to sign has done so."""
        return self.handover is not None and self.handover.accepted_at is not None

    @property
    def is_unsigned(self) -> bool:
        """Whether the version submitted last waits for its giver's signature."""
        return self.handover is not None and self.handover.state == "submitted"

    @property
    def open_returns(self) -> list[ReturnItem]:
        """What stands returned and waits for an answer."""
        back = {copy.pk for copy in self.copies if copy.state == "returned"}
        return [row for row in self.returned if row.copy_id in back and row.form_id == self._held(row.copy_id)]

    @property
    def blocks(self) -> list[Block]:
        """The places for signatures: the giver's, then one a department in the order of sending."""
        return [*self._giver_block(), *map(self._receiver_block, self.live)]

    @property
    def signed_count(self) -> int:
        """How many have signed the latest version."""
        return sum(block.state == SIGNED for block in self.blocks)

    def _held(self, copy_id: UUID) -> UUID | None:
        return next((copy.form_id for copy in self.copies if copy.pk == copy_id), None)

    def _giver_block(self) -> list[Block]:
        role = Signature.Role.GIVER
        given = [row for row in self.signatures if row.role == role]
        last = given[-1] if given else None
        former = self._former(given[:-1], role, None)
        if last is None:
            home = self.order.sales_owner.department
            return [Block(WAITING, home.name if home else "", role, former=former)] if former else []
        state = SIGNED if self.form and last.form_id == self.form.pk else OUTDATED
        return [Block(state, last.department.name if last.department else "", role, last, former=former)]

    def _receiver_block(self, copy: HandoverCopy) -> Block:
        role = Signature.Role.RECEIVER
        under = [row for row in self.signatures if row.copy_id == copy.pk]
        last = under[-1] if under else None
        former = self._former(under[:-1], role, copy)
        if last and self.form and last.form_id == self.form.pk:
            return Block(SIGNED, copy.department.name, role, last, copy, former)
        state = RETURNED if copy.state == "returned" else OUTDATED if last else WAITING
        return Block(state, copy.department.name, role, last, copy, former)

    def _former(self, earlier: Sequence[Signature], role: str, copy: HandoverCopy | None) -> tuple[Signature, ...]:
        """Signatures of a place that a later one or a withdrawal has put out of force."""
        copy_id = copy.pk if copy else None
        back = [row for row in self.withdrawn if row.role == role and row.copy_id == copy_id]
        return tuple(sorted((*earlier, *back), key=lambda row: row.signed_at, reverse=True))


def standing(order: Order, *, whole: bool = True) -> Standing:
    """Read how the handover of an order stands in a constant number of queries; for the signatures alone in three."""
    forms = list(FormVersion.objects.filter(order=order).select_related("submitted_by", "handover"))
    handover = forms[-1].handover if forms else None
    under = list(_signatures(order)) if forms else []
    return Standing(
        order=order,
        handover=handover,
        forms=forms,
        copies=copies_of(order),
        signatures=[row for row in under if row.withdrawn_at is None],
        withdrawn=[row for row in under if row.withdrawn_at is not None],
        original=Original.objects.filter(order=order).select_related("keeper").first() if whole and forms else None,
        **(_beside(order, handover) if whole and handover else {}),
    )


def _signatures(order: Order) -> QuerySet[Signature]:
    related = ("person", "department", "on_behalf_of", "form", "paper__keeper")
    return Signature.everything.filter(order=order).select_related(*related)


def adopted_at(order: Order) -> str:
    """The stage at which the order was adopted, where that stands for its handover; else nothing. One query."""
    found = journal.of_order(order.pk, names=["order.adopted"], private=False)
    stage = str(found[-1].payload.get("stage", "")) if found else ""
    return stage if stage not in words.members("stages")[:1] else ""


def has_original(order: Order) -> bool:
    """Whether the original contract is in the keeping of records."""
    return Original.objects.filter(order=order).exists()


def copies_of(order: Order) -> list[HandoverCopy]:
    """The copies of an order with their departments and forms, read once for each order that is held in hand."""
    prefetch_related_objects([order], Prefetch("handover_copies", queryset=_copies()))
    return list(order.handover_copies.all())


def _beside(order: Order, handover: Handover) -> dict[str, Any]:
    """What stands beside forms, copies and signatures."""
    held = Explanation.objects.filter(order=order, copies__isnull=False).distinct()
    people = held.select_related("explainer").prefetch_related("attendees")
    return {
        "returned": list(ReturnItem.objects.filter(order=order).select_related("by", "copy__department", "form")),
        "questions": list(
            Question.objects.filter(order=order)
            .exclude(state="mistaken")
            .select_related("asked_by", "answered_by", "copy__department")
        ),
        "explanations": list(people),
        "corrections": list(handover.corrections.select_related("by")) if handover.accepted_at else (),
    }


def _copies() -> QuerySet[HandoverCopy]:
    return HandoverCopy.objects.select_related("department__head", "form", "handover", "since")


def copy_of(actor: Actor, number: str, department: str) -> HandoverCopy:
    """The copy of a department by its code or id, the live one before recalled ones; raises `Http404` when unseen."""
    with_order = _copies().select_related("order__sales_owner__department", "order__customer")
    seen = with_order.filter(pk__in=visible_copies(actor).values("pk"), order__number=number)
    named = {"department__pk": department} if _is_id(department) else {"department__code": department}
    rows = list(seen.filter(**named))
    if not rows:
        raise Http404
    return next((row for row in rows if row.state in states.LIVE), rows[-1])


def form_of(standing: Standing, number: int) -> FormVersion:
    """A version by its number; raises `Http404` when there is none."""
    for form in standing.forms:
        if form.number == number:
            return form
    raise Http404


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
