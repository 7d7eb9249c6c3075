"""How often a record has been changed: the number by which a form notices that somebody was faster."""

from __future__ import annotations

from typing import Any


def row_version(unit: Any) -> int | None:
    """The number in a record's field `version`; None where it keeps none, or calls something else its version."""
    version = getattr(unit, "version", None)
    return version if isinstance(version, int) else None
