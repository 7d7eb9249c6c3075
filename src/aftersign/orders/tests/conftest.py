"""Fixtures of the spine."""

from aftersign.orders.tests.desk import kept_files, wumin
from aftersign.orders.tests.rig import firm, no_policy

__all__ = ["firm", "kept_files", "no_policy", "wumin"]
