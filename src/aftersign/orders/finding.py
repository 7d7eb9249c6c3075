"""How orders, customers and papers are found: the words of each, how a hit looks, and which facts change it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.search.asking import one_by_one, units_found
from aftersign.kernel.search.content import Content, Source
from aftersign.kernel.search.sources import changed_by, unit_hits, units_visible
from aftersign.kernel.units import words
from aftersign.orders.models import Customer, Order, Paper

FEW = 500
"""Orders up to which it pays to look each of them up."""
LATEST = 200
"""Orders that are looked through one by one, because no reader may have been told of them yet."""


def _orders(ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
    for row in Order.objects.filter(pk__in=ids).select_related("customer"):
        numbers, others = (row.number, row.contract_no), (row.customer.name,)
        yield row.pk, Content(numbers=numbers, names=(row.title,), others=others, sounds=(row.title,))


def _customers(ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
    for row in Customer.objects.filter(pk__in=ids):
        numbers = tuple(filter(None, (row.number, row.code, row.credit_code)))
        yield row.pk, Content(numbers=numbers, names=(row.name,), sounds=(row.name,))


def _papers(ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
    for row in _kept().filter(pk__in=ids).select_related("order"):
        yield (
            row.pk,
            Content(numbers=(row.order.number,), names=(row.name,), file=(row.name, row.sha256)),
        )


def _kept() -> QuerySet[Paper]:
    return Paper.objects.filter(voided_at=None).exclude(file="").order_by("pk")


def _matching(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    found = Q(number__icontains=text) | Q(contract_no__icontains=text) | Q(title__icontains=text)
    return orders.filter(found | Q(customer__name__icontains=text))


def ids_at_once(text: str) -> QuerySet[Any]:
    """Ids of the orders of exactly this number or contract number, and of what matches among the latest ones."""
    said = unicodedata.normalize("NFKC", text)
    exact = Order.objects.filter(Q(number=said.upper()) | Q(contract_no__iexact=said)).order_by().values("pk")
    latest = Order.objects.order_by("-pk").values("pk")[:LATEST]
    return exact.union(_matching(Order.objects.filter(pk__among=latest), said).order_by().values("pk"), all=True)


def asked_of_each(text: str) -> Subquery | None:
    """Whether an order answers, as each is asked for itself; None unless nearly every order does."""
    return one_by_one("order", text)


def narrowed(orders: QuerySet[Order], text: str, answers: Subquery | None = None) -> QuerySet[Order]:
    """Orders by any part of number, contract number, title or customer's name.

    Those that few match are named by id; with `answers` each is asked, so that a page stops as soon as it is full.
    """
    if answers is not None:
        return orders.alias(answers=answers).filter(Q(answers=True) | Q(pk__among=ids_at_once(text)))
    known = units_found("order", text)
    few = list(known.values_list("unit_id", flat=True)[: FEW + 1])
    if len(few) > FEW:
        return orders.filter(pk__in=known.union(ids_at_once(text), all=True))
    return orders.filter(pk__in={*few, *ids_at_once(text).values_list("pk", flat=True)})


def _at_once(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    return orders.filter(pk__in=ids_at_once(text)).order_by("-signed_on", "-pk")


def _detail_of_order(row: Order) -> str:
    stage = words.label("stage", row.stage, get_language() or "zh-hans") if row.stage else ""
    return " · ".join(filter(None, (row.customer.name, row.contract_no, stage)))


def _detail_of_paper(row: Paper) -> str:
    return f"{words.label('word', row.kind, get_language() or 'zh-hans')} · {row.order.number} {row.order.title}"


def _orders_of_customer(fact: Recorded) -> Iterable[UUID]:
    return Order.objects.filter(customer=UUID(fact.units["customer"])).values_list("pk", flat=True)


def _papers_of_order(fact: Recorded) -> Iterable[UUID]:
    return Paper.objects.filter(order=fact.order_id).values_list("pk", flat=True)


_WITH_PAPERS = (
    "order.registered",
    "order.information_changed",
    "order.completed",
    "handover.submitted",
    "handover.original_received",
)
SOURCES = (
    Source(
        name="order",
        label=_("Orders"),
        order=10,
        ids=lambda: Order.objects.order_by("pk").values_list("pk", flat=True),
        rows=_orders,
        hits=unit_hits("order", "order", _detail_of_order, "customer"),
        visible=units_visible("order"),
        changes=changed_by("order", "order.registered", "order.adopted", "order.information_changed")
        | {"order.customer_changed": _orders_of_customer},
        at_once=_at_once,
    ),
    Source(
        name="customer",
        label=_("Customers"),
        order=20,
        ids=lambda: Customer.objects.order_by("pk").values_list("pk", flat=True),
        rows=_customers,
        hits=unit_hits("customer", "users", lambda row: " · ".join(filter(None, (row.number, row.code)))),
        visible=units_visible("customer"),
        changes=changed_by("customer", "order.customer_listed", "order.customer_changed"),
    ),
    Source(
        name="paper",
        label=_("Documents"),
        order=40,
        ids=lambda: _kept().values_list("pk", flat=True),
        rows=_papers,
        hits=unit_hits("paper", "folder", _detail_of_paper, "order"),
        visible=units_visible("paper"),
        changes=dict.fromkeys(_WITH_PAPERS, _papers_of_order),
    ),
)
