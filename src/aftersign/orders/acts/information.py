"""The act by which what an order says is changed: every item leaves what stood there before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.units import words
from aftersign.orders import facts, money
from aftersign.orders.acts import rows
from aftersign.orders.entries import CriterionEntry, LineEntry, MilestoneEntry, PaperEntry, Particulars
from aftersign.orders.models import Criterion, InformationChange, Line, Milestone, Order
from aftersign.orders.queries.days import today
from aftersign.orders.queries.known import known_contract, particulars_of
from aftersign.orders.rules import faults, lacking, repeated_contract

Item = tuple[str, str, str]
_ROWS = ("lines", "milestones", "criteria")
FIELDS = tuple(each.name for each in fields(Particulars) if each.name not in _ROWS)


@act("order.change_information", capability="order.change_information")
def change_information(
    order: Order,
    *,
    entry: Particulars,
    repeat_reason: str = "",
    papers: tuple[PaperEntry, ...] = (),
    voided: tuple[UUID, ...] = (),
    by: Actor,
) -> Order:
    """An order says from now on what the entry says; papers are added, and those named are marked void.

    Each item that differs, a field, a line, a payment, a criterion or a paper, is one change with its own fact. Raises
    `Refused` with every fault of the entry, and when nothing would change.
    """
    house, before = company(), particulars_of(order)
    found = tuple(faults_of(order, entry, repeat_reason, house))
    if found:
        raise Refused(found)
    write_fields(order, entry, house)
    _write_rows(order, entry, before)
    order.refresh_from_db()
    changes = [*_differences(before, particulars_of(order)), *_papers(order, papers, voided, by)]
    if not changes:
        raise Refused.because(_("Nothing has been changed."))
    if before.contract_no != order.contract_no and repeat_reason.strip():
        changes.append(("repeat_reason", "", repeat_reason.strip()))
    for item, old, new in changes:
        _state(order, item, old, new, by)
    return order


def faults_of(order: Order, entry: Particulars, repeat_reason: str, house: Company) -> Iterator[Refusal]:
    """What stands against an order's saying this, field by field."""
    yield from faults(entry, today=today(house), kinds=(*words.members("order_kinds"), order.kind))
    if entry.contract_no.strip() != order.contract_no:
        other = known_contract(entry.contract_no, but=order)
        if other and not repeat_reason.strip():
            yield lacking("repeat_reason", repeated_contract(other))


def write_fields(order: Order, entry: Particulars, house: Company) -> None:
    """Let an order say what an entry says, rows left out; its amount in the base currency follows."""
    for field in FIELDS:
        value = getattr(entry, field)
        setattr(order, field, value.strip() if isinstance(value, str) else value)
    if order.currency == house.base_currency:
        order.rate = None
    order.rate_on = (entry.rate_on or order.signed_on) if order.rate else None
    order.amount_base = money.in_base(order.amount, order.currency, house.base_currency, order.rate)
    rows.cleaned(order).save(update_fields=(*FIELDS, "amount_base"))


def _write_rows(order: Order, entry: Particulars, before: Particulars) -> None:
    if entry.lines != before.lines:
        order.lines.all().delete()
        Line.objects.bulk_create(rows.lines(order, entry.lines))
    if entry.milestones != before.milestones:
        order.milestones.all().delete()
        Milestone.objects.bulk_create(rows.milestones(order, entry.milestones))
    if entry.criteria != before.criteria:
        order.criteria.all().delete()
        Criterion.objects.bulk_create(rows.criteria(order, entry.criteria))


def _differences(before: Particulars, after: Particulars) -> Iterator[Item]:
    for field in FIELDS:
        old, new = text_of(getattr(before, field)), text_of(getattr(after, field))
        if old != new:
            yield field, old, new
    yield from _of_rows("line", before.lines, after.lines)
    yield from _of_rows("milestone", before.milestones, after.milestones)
    yield from _of_rows("criterion", before.criteria, after.criteria)


def _of_rows(item: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Item]:
    for place in range(max(len(before), len(after))):
        old = _sentence(before[place]) if place < len(before) else ""
        new = _sentence(after[place]) if place < len(after) else ""
        if old != new:
            yield f"{item} {place + 1}", old, new


def _sentence(row: LineEntry | MilestoneEntry | CriterionEntry) -> str:
    if isinstance(row, LineEntry):
        discount = f"−{text_of(row.discount)}%" if row.discount else ""
        said = (
            row.name,
            row.specification,
            f"{text_of(row.quantity)} {row.measure}".strip(),
            f"× {text_of(row.unit_price)}",
        )
        return " · ".join(filter(None, (*said, discount, f"= {text_of(row.amount)}")))
    if isinstance(row, MilestoneEntry):
        percent = f"{text_of(row.percent)}%" if row.percent is not None else ""
        return " · ".join(filter(None, (row.name, percent, text_of(row.amount), text_of(row.due_on), row.condition)))
    return " · ".join(filter(None, (row.text, row.source)))


def text_of(value: Any) -> str:
    """A value of an order as a change of it says it, empty for none."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def _papers(order: Order, added: Sequence[PaperEntry], voided: Sequence[UUID], by: Actor) -> Iterator[Item]:
    for row in order.papers.filter(pk__in=voided, voided_at=None):
        row.voided_at = now()
        row.save(update_fields=["voided_at"])
        yield "paper", f"{row.kind} · {row.name or row.none_reason}", ""
    for each in added:
        row = rows.paper(order, each, by.person)
        row.save(force_insert=True)
        yield "paper", "", f"{row.kind} · {row.name or row.none_reason}"


def _state(order: Order, item: str, old: str, new: str, by: Actor) -> None:
    who = cast(Person, by.person)
    change = InformationChange.objects.create(
        order=order, item=item, old=old, new=new, changed_by=who, changed_at=now()
    )
    department = (by.on_behalf_of or who).department_id
    state(facts.InformationChanged(about=change, item=item, old=old, new=new, department=department))
