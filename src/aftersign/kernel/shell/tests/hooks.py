"""Stand-ins for the policy: a gatekeeper that lets everything pass, and a projector that derives nothing."""

from __future__ import annotations

from typing import Any


def pass_everything(doing: Any, known: Any) -> None:
    """Hold nothing up."""


def derive_nothing(doing: Any) -> None:
    """Open and close no duty."""
