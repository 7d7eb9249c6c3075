"""Fixtures of the seal."""

from aftersign.kernel.seal.tests.rig import authority, certified, desk, made_once

__all__ = ["authority", "certified", "desk", "made_once"]
