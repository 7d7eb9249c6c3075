"""What the product declares, without the acts and facts of test rigs that the same process may have loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from aftersign.kernel.acts import doorway
from aftersign.kernel.journal import facts

RIGS = ("rig.", "test.")
"""How the names begin that only test rigs declare."""

T = TypeVar("T")


def acts() -> dict[str, doorway.Act]:
    """The acts of the installed rooms, by name."""
    return _real(doorway.declared())


def kinds() -> dict[str, type[facts.Fact]]:
    """The kinds of facts of the installed rooms, by name."""
    return _real(facts.kinds())


def _real(named: Mapping[str, T]) -> dict[str, T]:
    return {name: each for name, each in named.items() if not name.startswith(RIGS)}
