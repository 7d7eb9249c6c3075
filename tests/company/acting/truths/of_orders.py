"""Orders, their teams, what they say, what was asked about them; and their customers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aftersign.orders.acts.information import FIELDS, text_of
from aftersign.orders.models import Customer, HaltRequest, Order, TeamMember
from tests.company.acting.truths.told import Compared, Told, counted

OWNING = ("order.signed", "order.team_named", "order.post_handed_on")
ASKED = {"order.suspension_requested": "suspension", "order.termination_requested": "termination"}
GRANTED = {"order.suspended": "suspension", "order.terminated": "termination"}


def compared(told: Told) -> Compared:
    """Everything of orders."""
    orders = {order.pk: order for order in Order.objects.all()}
    yield "orders", dict.fromkeys(orders, ""), dict.fromkeys((each.order_id for each in told.of("order.signed")), "")
    yield "order numbers", counted(each.number for each in orders.values()), counted(_numbers(orders.values()))
    yield "sales owners", {pk: str(each.sales_owner_id) for pk, each in orders.items()}, _owners(told)
    yield from _teams(told)
    said = _said(told)
    yield "particulars", {(pk, item): text_of(getattr(orders[pk], item)) for pk, item in said}, said
    yield from _halts(told)
    yield from _customers(told)


def _numbers(orders: Iterable[Order]) -> Iterable[str]:
    """Without a gap, year by year."""
    last: dict[int, int] = {}
    for order in orders:
        year = int(order.number.split("-")[1])
        last[year] = last.get(year, 0) + 1
        yield f"SO-{year}-{last[year]:04d}"


def _owners(told: Told) -> dict[Any, Any]:
    found = {}
    for fact in told.of(*OWNING):
        owner = fact.payload.get("sales_owner")
        if fact.name == "order.team_named":
            owner = next(row["person"] for row in fact.payload["team"] if row["post"] == "sales")
        if fact.name == "order.post_handed_on" and fact.payload["post"] == "sales":
            owner = fact.payload["to_person"]
        if owner:
            found[fact.order_id] = owner
    return found


def _teams(told: Told) -> Compared:
    named: dict[Any, dict[str, Any]] = {}
    for fact in told.of("order.team_named", "order.post_handed_on"):
        said = fact.payload
        if fact.name == "order.team_named":
            deputies = {row["post"]: row["person"] for row in said.get("deputies") or ()}
            named[fact.order_id] = {row["post"]: (row["person"], deputies.get(row["post"])) for row in said["team"]}
        elif said["post"] in named.get(fact.order_id, {}):
            named[fact.order_id][said["post"]] = said["to_person"], said.get("deputy")
    flat = {(order, post): who for order, team in named.items() for post, who in team.items() if post != "sales"}
    rows = TeamMember.objects.filter(is_named=True).exclude(post="sales")
    stands = {(row.order_id, row.post): (str(row.person_id), _text(row.deputy_id)) for row in rows}
    yield "teams", stands, flat


def _text(pk: Any) -> str | None:
    return str(pk) if pk else None


def _said(told: Told) -> dict[Any, Any]:
    """What an order was last changed to say, field by field."""
    changes = told.of("order.information_changed")
    return {(each.order_id, each.payload["item"]): each.payload["new"] for each in changes if _is_field(each.payload)}


def _is_field(payload: Any) -> bool:
    return payload["item"] in FIELDS


def _halts(told: Told) -> Compared:
    stands = counted(HaltRequest.objects.values_list("order_id", "kind", "state"))
    open_or_over = {key: count for key, count in stands.items() if key[2] not in ("asked", "lapsed")}
    kept = {each.id for each in told.standing}
    rulings = (
        (each.order_id, GRANTED[each.name], "granted" if each.id in kept else "undone") for each in told.ever(*GRANTED)
    )
    ended = told.ever("order.request_rejected", "order.request_withdrawn")
    others = ((each.order_id, each.payload["request"], each.name.removeprefix("order.request_")) for each in ended)
    yield "answers to what was asked about orders", open_or_over, counted([*rulings, *others])
    asked = counted((each.order_id, ASKED[each.name]) for each in told.ever(*ASKED))
    yield "what was asked about orders", counted(HaltRequest.objects.values_list("order_id", "kind")), asked


def _customers(told: Told) -> Compared:
    said: dict[Any, Any] = {}
    for fact in told.of("order.customer_listed", "order.customer_changed"):
        if fact.name == "order.customer_listed":
            said |= {(fact.unit_id, name): fact.payload.get(name) or "" for name in ("name", "code")}
        elif fact.payload["item"] in ("name", "code"):
            said[fact.unit_id, fact.payload["item"]] = fact.payload["new"]
    rows = [(str(each.pk), each) for each in Customer.objects.all()]
    yield "customers", {(pk, name): getattr(each, name) for pk, each in rows for name in ("name", "code")}, said
