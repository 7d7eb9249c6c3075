"""Simulated orders in bulk: told by the same engine, written past the acts but never past the chain."""

from aftersign.cli.simulating.command import simulate

__all__ = ["simulate"]
