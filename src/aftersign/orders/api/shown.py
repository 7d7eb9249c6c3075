"""What programs are shown of orders and their papers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Manager
from ninja import Schema

from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.api.keyset import Page
from aftersign.kernel.shell.api.values import Who
from aftersign.orders.models import Order, Paper

S = TypeVar("S", bound=Schema)


class CustomerShown(Schema):
    """A customer by number and name."""

    number: str
    name: str


class OrderRow(Schema):
    """An order in a list; `stage`, `kind` and `grade` are names of the policy."""

    number: str
    title: str
    customer: CustomerShown
    contract_no: str
    kind: str
    stage: str
    grade: str
    signed_on: date
    delivery_on: date | None
    amount: Decimal | None
    currency: str
    sales_owner: Who
    version: int


class LineShown(Schema):
    """One line of what was ordered."""

    name: str
    specification: str
    quantity: Decimal
    measure: str
    unit_price: Decimal
    discount: Decimal
    amount: Decimal


class MilestoneShown(Schema):
    """A payment that the contract promises."""

    name: str
    percent: Decimal | None
    amount: Decimal | None
    due_on: date | None
    condition: str


class CriterionShown(Schema):
    """Something that the delivery will be judged by."""

    text: str
    source: str


class SeatShown(Schema):
    """Who holds a post on the order, who stands in, and whether they are named or only proposed."""

    post: str
    person: Who
    deputy: Who | None
    is_named: bool


class OrderShown(OrderRow):
    """An order with everything that it says."""

    rate: Decimal | None
    rate_on: date | None
    amount_base: Decimal | None
    tax_rate: Decimal | None
    secrecy: str
    lines: list[LineShown]
    milestones: list[MilestoneShown]
    criteria: list[CriterionShown]
    team: list[SeatShown]


class OrderPage(Page[OrderRow]):
    """Orders, the latest signed first."""


class FileShown(Schema):
    """A paper of an order; `sha256` is that of its bytes. Without a file, `none_reason` says why there is none."""

    id: UUID
    order: str
    kind: str
    name: str
    size: int
    sha256: str
    none_reason: str
    stated_by: Who
    stated_at: datetime
    voided_at: datetime | None


class FilePage(Page[FileShown]):
    """Papers in the order in which they came."""


def who(person: Person) -> Who:
    """Somebody by account and name."""
    return Who.model_construct(account=person.account, name=person.name)


def _row(order: Order) -> dict[str, object]:
    customer = CustomerShown.model_construct(number=order.customer.number, name=order.customer.name)
    names = ("number", "title", "contract_no", "kind", "stage", "grade", "signed_on", "delivery_on")
    own = {name: getattr(order, name) for name in (*names, "amount", "currency", "version")}
    return own | {"customer": customer, "sales_owner": who(order.sales_owner)}


def row_of(order: Order) -> OrderRow:
    """An order, which brings customer and sales owner along, for a list."""
    return OrderRow.model_construct(**_row(order))  # type: ignore[arg-type]


def order_of(order: Order) -> OrderShown:
    """An order, which brings customer and sales owner along, with everything; four queries."""
    more = {name: getattr(order, name) for name in ("rate", "rate_on", "amount_base", "tax_rate", "secrecy")}
    return OrderShown.model_construct(
        **_row(order),  # type: ignore[arg-type]
        **more,
        lines=_all(LineShown, order.lines),
        milestones=_all(MilestoneShown, order.milestones),
        criteria=_all(CriterionShown, order.criteria),
        team=[_seat(*each) for each in order.team.order_by("pk").values_list(*_SEAT)],
    )


def _all(kind: type[S], rows: Manager[Any]) -> list[S]:
    """All rows of an order of one kind."""
    return [kind.model_construct(**row) for row in rows.values(*kind.model_fields)]


_SEAT = ("post", "is_named", "person__account", "person__name", "deputy__account", "deputy__name")


def _seat(post: str, is_named: bool, account: str, name: str, other: str | None, other_name: str | None) -> SeatShown:
    return SeatShown.model_construct(
        post=post,
        is_named=is_named,
        person=Who.model_construct(account=account, name=name),
        deputy=Who.model_construct(account=other, name=other_name) if other else None,
    )


def file_of(paper: Paper) -> FileShown:
    """A paper, which brings its order and whoever stated it along."""
    return FileShown(
        id=paper.pk,
        order=paper.order.number,
        kind=paper.kind,
        name=paper.name,
        size=paper.size,
        sha256=paper.sha256,
        none_reason=paper.none_reason,
        stated_by=who(paper.stated_by),
        stated_at=paper.stated_at,
        voided_at=paper.voided_at,
    )
