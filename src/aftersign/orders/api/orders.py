"""Orders for programs: list, read, register, and change what they say."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.api.bearer import acting, actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Paging, next_page, rows_of
from aftersign.kernel.shell.api.values import Day, words
from aftersign.kernel.units.addresses import address_of
from aftersign.orders import acts
from aftersign.orders.api.sent import InformationSent, RegistrationSent, changed, registration_of
from aftersign.orders.api.shown import OrderPage, OrderShown, order_of, row_of
from aftersign.orders.casefile import get_for
from aftersign.orders.models import Order
from aftersign.orders.unit import visible_orders

router = Router(tags=["orders"])
_WORD = Annotated[str, words(40)]


class OrderFilter(Paging):
    """Which orders are listed; several conditions all hold."""

    stage: _WORD = ""
    kind: _WORD = ""
    grade: _WORD = ""
    owner: Annotated[str, words(60, description="The account of the sales owner.")] = ""
    customer: Annotated[str, words(20, description="The number of the customer.")] = ""
    contract_no: Annotated[str, Field(max_length=60)] = ""
    signed_from: Day | None = None
    signed_to: Day | None = None


_LOOKUPS = {
    "stage": "stage",
    "kind": "kind",
    "grade": "grade",
    "owner": "sales_owner__account",
    "customer": "customer__number",
    "contract_no": "contract_no",
    "signed_from": "signed_on__gte",
    "signed_to": "signed_on__lte",
}


@router.get("/orders", response=OrderPage, **scoped("orders:read"))
def list_orders(request: HttpRequest, asked: Query[OrderFilter]) -> OrderPage:
    """The orders that the person may see, the latest signed first."""
    wanted = {lookup: value for name, lookup in _LOOKUPS.items() if (value := getattr(asked, name))}
    found = visible_orders(actor_of(request)).select_related("customer", "sales_owner").filter(**wanted)
    rows, cursor = rows_of(found, ("-signed_on", "-id"), asked)
    return OrderPage.model_construct(items=[row_of(each) for each in rows], next=next_page(request, cursor))


@router.post("/orders", response={201: OrderShown}, **scoped("orders:write", keyed=True))
def register_order(request: HttpRequest, sent: RegistrationSent, response: HttpResponse) -> Status[OrderShown]:
    """Register a signed order under the next number; its grade, its duties and their dates follow by themselves."""
    by = acting(request)
    order = acts.register(company(), registration=registration_of(sent, by), by=by)
    response.headers["Location"] = address_of("api:read_order", order.number)
    return Status(201, _told(Order.objects.select_related("customer", "sales_owner").get(pk=order.pk), response))


@router.get("/orders/{number}", response=OrderShown, **scoped("orders:read"))
def read_order(request: HttpRequest, number: str, response: HttpResponse) -> OrderShown:
    """An order with its lines, payments, criteria and team; the ETag is its version."""
    return _told(get_for(actor_of(request), number), response)


@router.post("/orders/{number}/information", response=OrderShown, **scoped("orders:write", keyed=True, versioned=True))
def change_information(request: HttpRequest, number: str, sent: InformationSent, response: HttpResponse) -> OrderShown:
    """Change what an order says; what stood there before is kept."""
    order = get_for(actor_of(request), number)
    entry, by = changed(order, sent), acting(request, versioned=True)
    done = acts.change_information(order, entry=entry, repeat_reason=sent.repeat_reason, by=by)
    return _told(get_for(actor_of(request), done.number), response)


def _told(order: Order, response: HttpResponse) -> OrderShown:
    response.headers["ETag"] = f'"{order.version}"'
    return order_of(order)
