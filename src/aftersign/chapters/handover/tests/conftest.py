"""Fixtures of the handover."""

from aftersign.chapters.handover.tests.rig import firm, policy
from aftersign.kernel.seal.tests.rig import certified, made_once

__all__ = ["certified", "firm", "made_once", "policy"]
