"""What somebody is about to do on an order, for whoever can say what would follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.journal.facts import Fact
from aftersign.orders.models import Order

SLOT = "order.consequences"


@dataclass(frozen=True)
class Intent:
    """An act, the fact that it would state, and what it would be given (None: not known yet)."""

    order: Order
    act: str
    fact: Fact
    given: Mapping[str, Any] | None = None
