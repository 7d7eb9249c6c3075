"""Whether the stage of an order still accepts what a copy asks for, told before anybody reads and ticks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refusal
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.engine.stages import limits_of
from aftersign.policy.gatekeeper import in_the_way
from aftersign.policy.models import UNFINISHED, Duty

SIGNING, ASKING = "handover.accept_copy", "handover.ask"


def refused_by_stage(order: Order, act: str, *, by: Actor) -> tuple[Refusal, ...]:
    """Why the stage of an order does not accept an act; what an act lacks otherwise is asked when it is done.

    Asks nothing at a stage that refuses nothing of the kind.
    """
    if order.stage not in _stages_refusing(act):
        return ()
    return tuple(each for each in in_the_way(order, act, by=by) if not each.terms and not each.check)


def with_orders_accepting(copies: QuerySet[HandoverCopy]) -> QuerySet[HandoverCopy]:
    """Those of these copies whose orders still accept signatures, without a query of its own."""
    refusing = _stages_refusing(SIGNING)
    if not refusing:
        return copies
    # An act that ends an open duty is accepted at any stage, as the engine does it for one order.
    owed = Duty.objects.filter(order=OuterRef("order"), term__in=_terms_ended_by(SIGNING), state__in=UNFINISHED)
    return copies.exclude(~Exists(owed), order__stage__in=refusing)


def _stages_refusing(act: str) -> frozenset[str]:
    """The stages at which the edition in force refuses an act."""
    rulebook = store.shown()
    if rulebook is None:
        return frozenset()
    named = {act, act.partition(".")[0]}
    limited = {
        limit.stage
        for limit in rulebook.limits
        if named & set(limit.refuses) or (limit.accepts is not None and not named & set(limit.accepts))
    }
    stages = {each.stage for each in rulebook.stages} | {each.stage for each in rulebook.stages_beside}
    return frozenset(stage for stage in stages if limits_of(stage) in limited)


def _terms_ended_by(act: str) -> list[str]:
    """The duties of the edition in force that an act ends."""
    rulebook = store.shown()
    if rulebook is None:
        return []
    facts = {name for name, fact in rulebook.facts.items() if act in fact.stated_by}
    return [name for name, term in rulebook.terms.items() if facts.intersection(term.closes)]
