"""What is known already: contract numbers, customers, and what an order says now."""

from __future__ import annotations

from django.db.models import QuerySet

from aftersign.orders.entries import CriterionEntry, LineEntry, MilestoneEntry, Particulars
from aftersign.orders.models import Customer, Order


def known_contract(contract_no: str, *, but: Order | None = None) -> Order | None:
    """The order that was registered first under a contract number, whatever its letters' case; company-wide."""
    found = Order.objects.filter(contract_no__iexact=contract_no.strip()).order_by("signed_on", "number")
    return (found.exclude(pk=but.pk) if but else found).first()


def customers_named(name: str) -> QuerySet[Customer]:
    """The customers that are listed under exactly this name, whatever its letters' case."""
    return Customer.objects.filter(name__iexact=name.strip())


def particulars_of(order: Order) -> Particulars:
    """What an order says now; three queries."""
    return Particulars(
        title=order.title,
        contract_no=order.contract_no,
        kind=order.kind,
        signed_on=order.signed_on,
        currency=order.currency,
        delivery_on=order.delivery_on,
        amount=order.amount,
        rate=order.rate,
        rate_on=order.rate_on,
        tax_rate=order.tax_rate,
        secrecy=order.secrecy,
        lines=tuple(
            LineEntry(
                name=line.name,
                specification=line.specification,
                quantity=line.quantity,
                measure=line.measure,
                unit_price=line.unit_price,
                discount=line.discount,
                amount=line.amount,
            )
            for line in order.lines.all()
        ),
        milestones=tuple(
            MilestoneEntry(
                name=each.name, percent=each.percent, amount=each.amount, due_on=each.due_on, condition=each.condition
            )
            for each in order.milestones.all()
        ),
        criteria=tuple(CriterionEntry(text=each.text, source=each.source) for each in order.criteria.all()),
    )
