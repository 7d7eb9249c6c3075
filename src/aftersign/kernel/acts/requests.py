"""What one person asks for and another approves."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from aftersign.kernel.acts.checks import Asking, check


class Request(Protocol):
    """Anything that an act is given under the name `request`, or is about."""

    @property
    def askers(self) -> frozenset[UUID]:
        """The people who asked: who entered the request, and on whose behalf."""


@check("approver_is_not_requester")
def approver_is_not_requester(asking: Asking) -> bool:
    """Whoever approves, or for whom somebody approves, has not asked; without a request there is nothing to approve."""
    asked = asking.unit if hasattr(asking.unit, "askers") else None
    request: Request | None = asking.given.get("request", asked)
    return request is not None and not asking.actor.hands & request.askers
