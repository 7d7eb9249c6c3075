"""What one request has read of the organisation already, so that it is read once however many parts of a page ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_memory: ContextVar[dict[str, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember what is read until the end of the block; outside of any, everything is read anew."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(key: str, read: Callable[[], T]) -> T:
    """What was read under a key in this request, else what reading it now gives."""
    memory = _memory.get()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    found: T = memory[key]
    return found


def keep(key: str, value: object) -> None:
    """Remember under a key what has just been made, instead of what was read before."""
    memory = _memory.get()
    if memory is not None:
        memory[key] = value


@contextmanager
def anew() -> Iterator[None]:
    """Remember nothing of what was read before, and afterwards nothing of what is read within: something changes."""
    forget()
    try:
        with remembering():
            yield
    finally:
        forget()


def forget() -> None:
    """Forget everything: an act has changed something."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()
