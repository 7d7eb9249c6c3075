"""Simulated orders as rows ready for the database and facts ready for the chain."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from aftersign.cli.simulating.batch import Batch, Writing
from aftersign.cli.simulating.planning import POSTS
from aftersign.cli.simulating.story import Ground, iso
from aftersign.cli.simulating.telling import Made, day
from aftersign.cli.simulating.ticking import told_rows
from aftersign.kernel.journal.pouring import Pouring
from aftersign.orders.models import Criterion, Line, Milestone, Order, Paper, TeamMember
from aftersign.policy import rows
from aftersign.policy.models import CaseClock, Duty
from aftersign.policy.moments import moment, moment_or_none

DUTY_COLUMNS = ("id", *rows.FIELDS)
PAYMENTS = (("预付款", 30), ("验收款", 70))


def render(batch: Batch, order: Made, request: str, ground: Ground, into: Pouring, file: tuple[str, int]) -> None:
    """Put everything of an order into a batch; `file` is the place and the size of its papers."""
    batch.orders += 1
    batch.state(order.facts, Writing(ground.rulebook, request, ground.seen), into)
    batch.add(Order, _order(order), into)
    _add_particulars(batch, order, into)
    _add_papers(batch, order, into, file, ground.file)
    _add_team(batch, order, into)
    for model, said in order.book.rows():
        batch.add(model, {"order_id": order.story.order, **said}, into)
    _add_duties(batch, order, UUID(order.story.order), into)


def _order(made: Made) -> dict[str, Any]:
    signed = made.signed
    amount = Decimal(signed["amount"])
    return {
        "id": made.story.order,
        "number": made.numbered.number,
        "title": made.title,
        "customer_id": made.numbered.customer_id,
        "contract_no": signed["contract_no"],
        "kind": signed["order_kind"],
        "grade": signed["grade"],
        "stage": made.case.stage or "",
        "signed_on": day(signed["signed_on"]),
        "delivery_on": day(signed["delivery_on"]),
        "amount": amount,
        "currency": signed["currency"],
        "amount_base": amount,
        "tax_rate": Decimal("13.00"),
        "sales_owner_id": signed["sales_owner"],
        "version": 1 + sum(each.unit == "order" for each in made.facts),
    }


def _add_particulars(batch: Batch, made: Made, into: Pouring) -> None:
    order, amount, new_id = made.story.order, Decimal(made.signed["amount"]), made.story.new_id
    at = made.facts[0].entered
    one = {"order_id": order, "position": 1}
    line = {"name": made.title, "quantity": Decimal("1.000"), "measure": "套", "unit_price": amount, "amount": amount}
    batch.add(Line, {**one, "id": new_id(at), **line}, into)
    for position, (name, percent) in enumerate(PAYMENTS, 1):
        share = (amount * percent / 100).quantize(Decimal("0.01"))
        said = {"id": new_id(at), "position": position, "name": name, "percent": Decimal(percent), "amount": share}
        batch.add(Milestone, {"order_id": order, **said}, into)
    text = {"text": "按需求书逐项验收，连续运行 72 小时无故障", "source": "合同第 7 页"}
    batch.add(Criterion, {**one, "id": new_id(at), **text}, into)


def _add_papers(batch: Batch, made: Made, into: Pouring, file: tuple[str, int], digest: str) -> None:
    owner, at = made.signed["sales_owner"], made.facts[0].entered
    papers = dict(made.papers)
    if any(each.name == "order.completed" for each in made.facts):
        papers["acceptance"] = made.story.new_id(at)
    for kind, pk in papers.items():
        said = {"id": pk, "kind": kind, "name": f"{kind}.pdf", "file": file[0], "size": file[1], "sha256": digest}
        said |= {"order_id": made.story.order, "stated_by_id": owner, "stated_at": moment(at)}
        batch.add(Paper, said, into)


def _add_team(batch: Batch, made: Made, into: Pouring) -> None:
    named, cast = any(each.name == "order.team_named" for each in made.facts), made.story.cast
    for post in POSTS:
        said: dict[str, Any] = {"id": made.story.new_id(made.facts[0].entered), "post": post}
        said["order_id"] = made.story.order
        said |= {"person_id": cast[post].id, "deputy_id": cast[f"{post}_deputy"].id, "is_named": named}
        batch.add(TeamMember, said, into)


def _add_duties(batch: Batch, made: Made, order: UUID | None, into: Pouring) -> None:
    """The duties of a case, what was told about them, and when time next changes them."""
    for each in rows.values(order, made.case, partial(into.of_text, "id"), lambda at: into.of_text("moment", iso(at))):
        batch.put(Duty, DUTY_COLUMNS, into.row(each))
    told_rows(batch, made.ticked, order, into)
    batch.add(CaseClock, {"order_id": order, "next_step_at": moment_or_none(made.case.next_step_at)}, into)
