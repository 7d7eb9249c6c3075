"""Duties for programs: list, read with the clock, take, and ask that one be waived or extended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from pydantic import Field

from aftersign.chapters.general.acts import request_extension, request_waiver, take_duty
from aftersign.chapters.general.models import Request
from aftersign.desk.queries.duties import ticks_of
from aftersign.kernel.access.loading import load
from aftersign.kernel.shell.api.bearer import acting, actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Page, Paging, next_page, rows_of
from aftersign.kernel.shell.api.values import Day, Moment, Sent, Who, words
from aftersign.policy.cards import act_of, cards
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty, DutyState
from aftersign.policy.unit import visible_duties

router = Router(tags=["duties"])
ACT = scoped("duties:write", keyed=True)
_REASON = Annotated[str, words(1000, 1, examples=["客户暂停施工"])]


class DutyFilter(Paging):
    """Which duties are listed; several conditions all hold."""

    order: Annotated[str, words(20, description="The number of the order.")] = ""
    state: DutyState | None = None
    clause: Annotated[str, words(40)] = ""
    room: Annotated[str, words(40)] = ""
    owner: Annotated[str, words(60, description="The account of whoever owes it.")] = ""
    department: Annotated[str, words(60, description="The code of the department that owes it.")] = ""
    due_before: Moment | None = None


_LOOKUPS = {
    "order": "order__number",
    "state": "state",
    "clause": "clause",
    "room": "room",
    "owner": "owner__account",
    "department": "owner_department__code",
    "due_before": "due_at__lt",
}


class DutyRow(Schema):
    """A duty in a list: what is to be done, under which clause, by whom and by when."""

    id: UUID
    order: str | None
    clause: str
    term: str
    room: str
    title: str
    severity: str
    state: str
    unit: str
    unit_id: str
    period: str
    owner: Who | None
    department: str | None
    without_owner: bool
    opened_at: datetime
    due_at: datetime | None
    left: str
    extended: bool
    closed_at: datetime | None
    breached_at: datetime | None


class TickShown(Schema):
    """One point on the line of time of a duty; `kind` says what happened then, or will."""

    at: datetime
    kind: str
    label: str
    who: str


class DutyShown(DutyRow):
    """A duty with its clock, and with what proves that it was met."""

    evidence: list[str]
    clock: list[TickShown]


class DutyPage(Page[DutyRow]):
    """Duties, in an order of their own that never changes."""


class WaiverSent(Sent):
    """Why a duty cannot be met, and until which day that shall hold."""

    until: Annotated[Day, Field(examples=["2026-10-31"])]
    reason: _REASON


class ExtensionSent(Sent):
    """Until when more time is needed, and why."""

    new_due: Annotated[Moment, Field(examples=["2026-10-12T18:00:00+08:00"])]
    reason: _REASON


class RequestShown(Schema):
    """What was asked for; somebody else decides."""

    id: UUID
    kind: str
    state: str
    reason: str
    until: date | None
    new_due: datetime | None
    asked_at: datetime


@router.get("/duties", response=DutyPage, **scoped("duties:read"))
def list_duties(request: HttpRequest, asked: Query[DutyFilter]) -> DutyPage:
    """The duties that the person may see."""
    wanted = {lookup: value for name, lookup in _LOOKUPS.items() if (value := getattr(asked, name))}
    are_few = any((asked.order, asked.clause, asked.owner, asked.department))
    rows, cursor = rows_of(_seen(request).filter(**wanted), ("id",), asked, are_few=are_few)
    return DutyPage.model_construct(items=[_row(each) for each in rows], next=next_page(request, cursor))


@router.get("/duties/{uuid:duty}", response=DutyShown, **scoped("duties:read"))
def read_duty(request: HttpRequest, duty: UUID) -> DutyShown:
    """A duty with its clock: what opened it, moved it and ended it, and whom it told or will tell."""
    return _shown(_duty(request, duty))


@router.post("/duties/{uuid:duty}/take", response=DutyShown, **ACT)
def take(request: HttpRequest, duty: UUID) -> DutyShown:
    """Make a duty of one's department one's own."""
    take_duty(_duty(request, duty), by=acting(request))
    return _shown(_duty(request, duty))


@router.post("/duties/{uuid:duty}/waiver", response={201: RequestShown}, **ACT)
def ask_for_waiver(request: HttpRequest, duty: UUID, sent: WaiverSent) -> Status[RequestShown]:
    """Ask that a duty need not be met."""
    asked = request_waiver(_duty(request, duty), reason=sent.reason, until=sent.until, by=acting(request))
    return Status(201, _asked(asked))


@router.post("/duties/{uuid:duty}/extension", response={201: RequestShown}, **ACT)
def ask_for_extension(request: HttpRequest, duty: UUID, sent: ExtensionSent) -> Status[RequestShown]:
    """Ask for a later due time, before the present one has passed."""
    asked = request_extension(_duty(request, duty), reason=sent.reason, new_due=sent.new_due, by=acting(request))
    return Status(201, _asked(asked))


def _seen(request: HttpRequest) -> QuerySet[Duty]:
    return visible_duties(actor_of(request)).select_related("order", "owner", "owner_department")


def _duty(request: HttpRequest, pk: UUID) -> Duty:
    related = ("order__customer", "owner__department", "owner_department__head")
    return load(_seen(request).select_related(*related), pk=pk)


_OWN = (
    *("id", "clause", "term", "room", "severity", "state", "unit", "unit_id", "period", "without_owner", "opened_at"),
    *("due_at", "left", "extended", "closed_at", "breached_at"),
)


def _said(duty: Duty) -> dict[str, Any]:
    rulebook = store.rulebook_of(duty.edition_id)
    act = act_of(rulebook, rulebook.terms[duty.term])
    owner, department = duty.owner, duty.owner_department
    return {name: getattr(duty, name) for name in _OWN} | {
        "order": duty.order.number if duty.order else None,
        "title": label_in(rulebook, "act", act, get_language() or "zh-hans"),
        "owner": Who.model_construct(account=owner.account, name=owner.name) if owner else None,
        "department": (department.code or str(department.pk)) if department else None,
    }


def _row(duty: Duty) -> DutyRow:
    return DutyRow.model_construct(**_said(duty))


def _shown(duty: Duty) -> DutyShown:
    card = cards([duty])[0]
    clock = [TickShown(at=tick.at, kind=tick.kind, label=tick.label, who=tick.who) for tick in ticks_of(card)]
    return DutyShown.model_construct(**_said(duty), evidence=list(card.evidence), clock=clock)


def _asked(asked: Request) -> RequestShown:
    names = ("kind", "state", "reason", "until", "new_due", "asked_at")
    return RequestShown(id=asked.pk, **{name: getattr(asked, name) for name in names})
