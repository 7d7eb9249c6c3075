"""Every kind of fact is shown in the activity of an order to those whom the access table names."""

from __future__ import annotations

from uuid import UUID

import pytest

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import new_id, now
from aftersign.kernel.journal.facts import Recorded
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import happenings, visible
from aftersign.orders.unit import visible_orders
from tests.access.stage import Stage, actor_of
from tests.access.table import SIDES, TABLE
from tests.product import kinds

SEEN_BY = {
    "team": "sees_order",
    "everyone": "signed_in",
    "records": "keeps_records",
    "department": "department_concerned",
    "those_concerned": "those_concerned",
}


def told_of(name: str, order: Order) -> Recorded:
    """A fact of a kind about an order, stated by somebody whom no role plays."""
    return Recorded(
        sequence=1,
        id=new_id(),
        name=name,
        unit=kinds()[name].UNIT,
        unit_id=str(order.pk),
        units={"order": str(order.pk)},
        order_id=order.pk,
        at=now(),
        entered=now(),
        actor_kind="person",
        actor_id=UUID(int=1),
        on_behalf_of=None,
        payload={},
        files=[],
        seen=0,
        hash="",
    )


def test_every_kind_of_fact_has_a_line_and_every_line_a_kind() -> None:
    lacking, void = sorted(kinds().keys() - TABLE.facts.keys()), sorted(TABLE.facts.keys() - kinds().keys())
    assert not lacking, f"docs/guide/access.toml does not say who sees {', '.join(lacking)}."
    assert not void, f"docs/guide/access.toml speaks of facts that are not declared: {', '.join(void)}."


@pytest.mark.parametrize("name", TABLE.facts)
def test_the_code_says_of_a_fact_what_the_table_says(name: str) -> None:
    assert SEEN_BY[kinds()[name].SEEN_BY] == TABLE.facts[name]


@pytest.mark.parametrize("role", TABLE.roles)
def test_a_role_sees_the_facts_that_the_table_shows_it(stage: Stage, role: str) -> None:
    actor, wrong = actor_of(role), []
    for side in SIDES:
        order = stage.sides[side].sent
        seen = {fact.name for fact in visible((told_of(name, order) for name in kinds()), actor)} if actor else set()
        there = actor is not None and visible_orders(actor).filter(pk=order.pk).exists()
        for name, circle in TABLE.facts.items():
            if circle != "signed_in" and (there and name in seen) != TABLE.may(circle, role, side):
                wrong.append(f"{role} {'sees' if name in seen else 'does not see'} {name} of the {side} order")
    assert not wrong, "\n".join(wrong)


def test_the_activity_shows_every_fact_of_an_order_to_its_team(stage: Stage) -> None:
    order = stage.sides["own"].sent
    for role in TABLE.circles["sees_order"]["own"]:
        actor = actor_of(role)
        assert isinstance(actor, Actor)
        found, _more = happenings(order, actor)
        assert {"order.signed", "handover.submitted", "handover.question_asked"} <= {each.fact for each in found}
