"""The checks that the policy asks by name before an exception is granted."""

from __future__ import annotations

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Kind, Request
from aftersign.kernel.acts.checks import Asking, check
from aftersign.kernel.clock import now
from aftersign.policy import approvals
from aftersign.policy.cases import edition_of
from aftersign.policy.clocks import due_of
from aftersign.policy.editions import store
from aftersign.policy.gatekeeper import is_firm
from aftersign.policy.models import Duty


@check("extension_in_time_and_by_another")
def extension_in_time_and_by_another(asking: Asking) -> bool:
    """The due time has not passed, the new one is later, and neither the owner nor whoever asked approves it."""
    unit = asking.unit
    duty = deciding.duty_of(unit) if isinstance(unit, Request) else unit
    new_due = unit.new_due if isinstance(unit, Request) else asking.given.get("new_due")
    if not isinstance(duty, Duty) or new_due is None:
        return False
    due = due_of(duty)
    in_time = due is not None and new_due > due and (duty.due_at is None or now() <= duty.due_at)
    if not isinstance(unit, Request):
        return in_time
    return in_time and not asking.actor.hands & (unit.askers | {duty.owner_id})


@check("release_by_two_others")
def release_by_two_others(asking: Asking) -> bool:
    """It was asked for, two others agree, and the gate is not a firm one."""
    unit = asking.unit
    if not isinstance(unit, Request) or unit.kind != Kind.RELEASE:
        return False
    term = store.rulebook_of(unit.edition_id).terms.get(unit.term)
    first, second = unit.first_hands, asking.actor.hands
    if term is None or is_firm(term, unit.act):
        return False
    return bool(first) and not first & second and not second & unit.askers


@check("author_soon_or_second_person")
def author_soon_or_second_person(asking: Asking) -> bool:
    """Whoever stated the fact withdraws it soon; later, or for another's, somebody has asked and another agrees."""
    fact, request = asking.unit, asking.given.get("request")
    edition = edition_of(fact.order_id)
    if request is None:
        return bool(asking.actor.hands & fact.authors) and (
            edition is None or now() <= approvals.alone_until(fact.entered, edition)
        )
    waits = isinstance(request, Request) and request.fact_id == fact.pk and request.state in states.WAITING
    return waits and deciding.may_decide(asking.actor, request)
