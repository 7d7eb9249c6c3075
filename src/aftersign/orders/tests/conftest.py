"""Fixtures of the spine."""

from aftersign.orders.tests.rig import firm, no_policy

__all__ = ["firm", "no_policy"]
