"""Whether anything has been reckoned by the company's time zone and currency."""

from __future__ import annotations

from aftersign.orders.models import Order


def reckons_already() -> bool:
    """Whether there is an order."""
    return Order.objects.exists()
