"""Rows as they are written: cleaned by their model's own limits, so that both databases refuse alike."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.orders.entries import CriterionEntry, LineEntry, MilestoneEntry, PaperEntry
from aftersign.orders.models import Criterion, Line, Milestone, Order, Paper
from aftersign.orders.money import of_line, rounded, shares

M = TypeVar("M", bound=Model)


def cleaned(row: M, prefix: str = "") -> M:
    """The row, when every value fits its column; raises `Refused` naming the fields that do not."""
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields if isinstance(field, ForeignKey)})
    except ValidationError as error:
        faults = error.message_dict.items()
        raise Refused(tuple(Refusal(" ".join(said), missing=(prefix + field,)) for field, said in faults)) from None
    return row


def lines(order: Order, entries: Iterable[LineEntry]) -> list[Line]:
    """Lines of an order; an amount that is not given is worked out."""
    return [
        cleaned(
            Line(
                order=order,
                position=position,
                name=each.name.strip(),
                specification=each.specification.strip(),
                quantity=each.quantity,
                measure=each.measure.strip(),
                unit_price=each.unit_price,
                discount=each.discount,
                amount=_amount(each),
            ),
            f"lines-{position - 1}-",
        )
        for position, each in enumerate(entries, 1)
    ]


def _amount(entry: LineEntry) -> Decimal:
    if entry.amount is not None:
        return rounded(entry.amount)
    return of_line(entry.quantity, entry.unit_price, entry.discount)


def milestones(order: Order, entries: tuple[MilestoneEntry, ...]) -> list[Milestone]:
    """Payments of an order; amounts that are not given follow from the percents and the total."""
    known = [each.percent for each in entries if each.percent is not None]
    worked_out: list[Decimal] | list[None] = [None] * len(entries)
    if order.amount is not None and known and len(known) == len(entries):
        worked_out = shares(order.amount, known)
    return [
        cleaned(
            Milestone(
                order=order,
                position=position,
                name=each.name.strip(),
                percent=each.percent,
                amount=each.amount if each.amount is not None else share,
                due_on=each.due_on,
                condition=each.condition.strip(),
            ),
            f"milestones-{position - 1}-",
        )
        for position, (each, share) in enumerate(zip(entries, worked_out, strict=True), 1)
    ]


def criteria(order: Order, entries: Iterable[CriterionEntry]) -> list[Criterion]:
    """Criteria of an order."""
    return [
        cleaned(
            Criterion(order=order, position=position, text=each.text.strip(), source=each.source.strip()),
            f"criteria-{position - 1}-",
        )
        for position, each in enumerate(entries, 1)
    ]


def paper(order: Order, entry: PaperEntry, by: Person | None) -> Paper:
    """A paper of an order, stated by whoever acts."""
    row = Paper(
        order=order,
        kind=entry.kind,
        name=entry.name,
        file=entry.file,
        size=entry.size,
        sha256=entry.sha256,
        none_reason=entry.none_reason,
        stated_by=cast(Person, by),
        stated_at=now(),
    )
    return cleaned(row)
