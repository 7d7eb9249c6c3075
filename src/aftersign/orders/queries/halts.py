"""Readers of requests to suspend or terminate an order."""

from __future__ import annotations

from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import department_of_code, heads_of, holder_of, people
from aftersign.orders import states
from aftersign.orders.models import HaltRequest, Order

_KIND_OF_STAGE = {"suspended": HaltRequest.Kind.SUSPENSION, "terminated": HaltRequest.Kind.TERMINATION}


def halts_of(order: Order) -> list[HaltRequest]:
    """What has been asked for and not been answered with no, oldest first."""
    found = order.halt_requests.filter(state__in=(states.ASKED, "granted"))
    return list(found.select_related("requester", "on_behalf_of", "decided_by"))


def waiting(order: Order, kind: str) -> HaltRequest | None:
    """The request of a kind that waits for approval."""
    return next((each for each in halts_of(order) if each.kind == kind and each.state == states.ASKED), None)


def standing(order: Order, halts: list[HaltRequest]) -> HaltRequest | None:
    """The request by which the order stands still or has ended; None where it does neither."""
    kind = _KIND_OF_STAGE.get(order.stage)
    return next((each for each in reversed(halts) if each.kind == kind and each.state == "granted"), None)


def approvers(order: Order) -> list[Person]:
    """Who may approve a request about an order, nearest first: heads of the seller, of projects, general manager."""
    ids = [*heads_of(order.sales_owner.department), *heads_of(department_of_code("project"))]
    found = {each.pk: each for each in people().filter(pk__in=ids)}
    manager = holder_of("general_manager")
    found |= {manager.pk: manager} if manager else {}
    return [found[pk] for pk in dict.fromkeys([*ids, *found]) if pk in found]
