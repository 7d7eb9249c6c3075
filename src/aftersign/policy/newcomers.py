"""Orders that are not there yet: what the policy would make of one that is registered or adopted now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftersign.kernel.clock import new_id, now
from aftersign.policy.cases import NOT_YET_NUMBERED
from aftersign.policy.editions import store
from aftersign.policy.engine import Case, Fact, grade_of, names, read_case
from aftersign.policy.engine.adoption import standing
from aftersign.policy.moments import count
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import present

REGISTERED = "order.registered"
UNSAID, NOBODY = "—", "newcomer"


def reading_of(signed: Mapping[str, Any], signed_at: datetime, *, stage: str = "") -> Case | None:
    """The case of an order that is entered now, signed at a moment, and adopted when a stage is named.

    `signed` is what `order.signed` would say; its grade is worked out. Nothing is asked of the database but how the
    company stands; None before an edition is in force.
    """
    edition = store.shown()
    if edition is None:
        return None
    said = {**signed, "grade": grade_of(edition, dict(signed))}
    known = {"contract_no": UNSAID, "customer": UNSAID, "signed_on": UNSAID, "order_kind": UNSAID, **signed}
    entered = count(now())
    facts = [_fact(names.SIGNED, said, count(signed_at), entered), _fact(REGISTERED, known, entered, entered)]
    if stage:
        facts.append(_adopted(stage, entered))
    return read_case(present(), facts, entered)


def stood_for(rulebook: Rulebook, stage: str) -> list[str]:
    """The facts for which an adoption at a stage stands, in the order of the stages; none for an unknown stage."""
    adopted = standing(rulebook, _adopted(stage, 0), 0)
    wanted = adopted.earlier | adopted.reaching
    return [name for each in rulebook.stages for name in (*each.reached_by, *each.facts) if name in wanted]


def _adopted(stage: str, entered: int) -> Fact:
    return _fact(names.ADOPTED, {"stage": stage}, entered, entered)


def _fact(name: str, said: Mapping[str, Any], at: int, entered: int) -> Fact:
    return Fact(str(new_id()), name, at, entered, {names.ORDER: NOBODY}, dict(said), None, NOT_YET_NUMBERED)
