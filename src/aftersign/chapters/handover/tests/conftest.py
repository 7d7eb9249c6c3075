"""Fixtures of the handover."""

from aftersign.chapters.handover.tests.rig import firm, policy

__all__ = ["firm", "policy"]
