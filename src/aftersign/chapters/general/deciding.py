"""Who decides on a request for an exception, and which requests have nothing left to decide on."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from aftersign.chapters.general import states
from aftersign.chapters.general.models import Kind, Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.remembering import remembered
from aftersign.policy import approvals
from aftersign.policy.models import UNFINISHED, Duty

RELATED = ("duty__owner__department", "duty__owner_department", "order__customer", "requester__department", "fact")
_WHAT = {
    Kind.WAIVER: approvals.WAIVER,
    Kind.EXTENSION: approvals.EXTENSION,
    Kind.RELEASE: approvals.RELEASE,
    Kind.WITHDRAWAL: approvals.WITHDRAWAL,
}


def duty_of(request: Request) -> Duty | None:
    """The duty that a request is about, None where it is about none or that duty is gone."""
    try:
        return request.duty
    except Duty.DoesNotExist:
        return None


def void_because(request: Request) -> str:
    """Why nothing is left to decide on a request that waits: what it is about has ended meanwhile; else nothing."""
    if request.state not in states.WAITING:
        return ""
    if request.fact_id:
        withdrawn = Request.objects.filter(kind=Kind.WITHDRAWAL, state=states.APPROVED, fact=request.fact_id)
        return _("This has been withdrawn already.") if withdrawn.exists() else ""
    if not request.duty_id:
        return ""
    duty = duty_of(request)
    if duty is None:
        return _("This duty is gone: what had opened it was withdrawn.")
    if duty.state not in UNFINISHED:
        return _("This duty has ended already.")
    if request.kind == Kind.EXTENSION and duty.due_at is not None and duty.due_at <= now():
        return _("The due time has passed, so it can no longer be extended.")
    return ""


def approvers(request: Request) -> frozenset[UUID]:
    """Ids of the people who may decide, as the company stands now; empty where nothing is left to decide on."""
    asked: set[UUID | None] = set(request.askers)
    asker = request.on_behalf_of_id or request.requester_id
    if request.kind == Kind.WITHDRAWAL:
        concerned = approvals.concerned_by(request.author_id or asker)
    elif request.kind == Kind.RELEASE:
        concerned = approvals.concerned_by(asker)
    else:
        duty = duty_of(request)
        if duty is None:
            return frozenset()
        concerned = approvals.owner_of(duty)
        asked |= {duty.owner_id} if request.kind == Kind.EXTENSION else set()
    return approvals.approvers_of(_WHAT[Kind(request.kind)], request.edition_id, concerned, asked)


def is_approver(actor: Actor, request: Request) -> bool:
    """Whether the edition names an actor, or the person they act for, as approver of a request, answered or not."""
    return actor.is_person and actor.standing.id in approvers(request)


def may_decide(actor: Actor, request: Request) -> bool:
    """Whether an actor may now approve or refuse a request: the second of two is not the first again, nor an asker."""
    waits = request.state in states.WAITING and not actor.hands & (request.first_hands | request.askers)
    return waits and is_approver(actor, request)


def waiting() -> QuerySet[Request]:
    """The requests that wait for an answer and can still be answered: what they are about has not ended meanwhile."""
    withdrawn = Request.objects.filter(kind=Kind.WITHDRAWAL, state=states.APPROVED, fact=OuterRef("fact"))
    about_duty = Q(duty__isnull=True) | Q(duty__state__in=UNFINISHED)
    too_late = Q(kind=Kind.EXTENSION, duty__due_at__lte=now())
    found = Request.objects.filter(about_duty, state__in=states.WAITING).exclude(too_late)
    return found.exclude(Q(fact__isnull=False) & Exists(withdrawn))


def waiting_for(actor: Actor) -> list[Request]:
    """The requests that an actor may decide on, the oldest first; one query, asked once a request."""
    if not actor.is_person:
        return []
    return remembered(f"requests for {sorted(actor.hands)}", lambda: _decided_by(actor))


def _decided_by(actor: Actor) -> list[Request]:
    rows = waiting().select_related(*RELATED).order_by("asked_at", "id")
    return [row for row in rows if may_decide(actor, row)]
