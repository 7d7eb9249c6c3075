"""The chance by which ids and salts are drawn, which a simulation can make repeatable."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_drawn: ContextVar[random.Random | None] = ContextVar("drawn", default=None)


def drawn() -> random.Random | None:
    """The repeatable chance of this block, None where chance is real."""
    return _drawn.get()


def bits(count: int) -> int:
    """So many random bits, as a number."""
    chance = _drawn.get()
    return secrets.randbits(count) if chance is None else chance.getrandbits(count)


@contextmanager
def repeatable(seed: str) -> Iterator[None]:
    """Draw the same ids and salts whenever the block runs; only for a history that nobody has lived."""
    token = _drawn.set(random.Random(seed))  # noqa: S311 (nothing simulated is a secret)
    try:
        yield
    finally:
        _drawn.reset(token)
