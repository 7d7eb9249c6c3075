"""Where an act is done: rooms say which page bears the button of which act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_pages: dict[str, Callable[[Any], str]] = {}


def offer(act: str, address: Callable[[Any], str]) -> None:
    """Say on which page an act is done; `address` gets the unit of the duty. Raises `ValueError` when said before."""
    if act in _pages:
        raise ValueError(f"the page of {act} is given twice")
    _pages[act] = address


def address(act: str, unit: Any) -> str:
    """The page on which an act is done for a unit, empty when no installed room has one."""
    return _pages[act](unit) if act in _pages and unit is not None else ""
