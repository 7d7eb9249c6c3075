"""What happens to the company itself, stated as its acts will state it; of use where only the policy is looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model

from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.clock import now
from aftersign.kernel.journal.chain import Pending
from aftersign.kernel.org.queries import company
from aftersign.kernel.units import registry


def happens(name: str, about: Model, *, units: dict[str, str] | None = None, **payload: Any) -> UUID:
    """State a fact about a unit and answer with its id."""
    kind = registry.kind_of(about).name
    carried = registry.ids_of(about) | (units or {})
    fact = Pending(
        name=name,
        unit=kind,
        unit_id=str(about.pk),
        units=carried,
        order_id=UUID(carried["order"]) if "order" in carried else None,
        at=now(),
        entered=now(),
        payload=payload,
        private=frozenset(),
        files=(),
    )
    with clockwork(about, by=CLOCK) as doing:
        doing.passage.facts.append(fact)
    return fact.id


def withdrawn(fact: UUID) -> UUID:
    """Withdraw a fact of the company."""
    return happens("general.fact_withdrawn", company(), units={"fact": str(fact)}, reason="误记", what="")
