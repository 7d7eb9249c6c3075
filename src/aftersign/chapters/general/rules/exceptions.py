"""Who may ask for an exception, and who decides: for whom the edition names as approvers, deciding comes first."""

from __future__ import annotations

from typing import Any

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Request
from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, holds_post
from aftersign.orders.rules import heads_of_team, on_team, sells, works_on_orders


def _asked(actor: Actor, request: Any) -> bool:
    return actor.is_person and actor.id in request.askers


def _stated(actor: Actor, fact: Any) -> bool:
    return actor.is_person and actor.id in fact.authors


def _seconds(actor: Actor, fact: Any) -> bool:
    waiting = Request.objects.filter(fact=fact.pk, state__in=states.WAITING).first()
    return waiting is not None and deciding.may_decide(actor, waiting)


requester = Predicate("whoever asked", _asked)
approves = Predicate("approver of the request by the edition", deciding.is_approver)
author = Predicate("author of the fact", _stated)
seconds = Predicate("approver of the withdrawal that was asked for", _seconds)

capabilities.declare("general.request_release", works_on_orders | holds_post("general_manager"))
capabilities.declare("general.request_withdrawal", author | sells | on_team() | heads_of_team)
capabilities.declare("general.withdraw_fact", author | seconds)
capabilities.declare("general.withdraw_request", requester)
for _name in ("waive_duty", "extend_duty", "agree_to_release", "release_gate", "refuse_request"):
    capabilities.declare(f"general.{_name}", approves)
