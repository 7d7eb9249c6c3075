"""Room for calls: the interpreter's stack in one piece, so that no call has to fetch memory for its frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
SLOTS = 33_000
"""Values for which a frame asks room that it never uses: 264 kB, for which the interpreter takes a piece of 512."""


def with_headroom(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, below which calls find their frames in a piece of memory that is there already.

    CPython keeps frames in pieces of 16 kB. Where a call that is made a thousand times is the first that does
    not fit, each time a piece is fetched from the system and given back: a page takes up to twice as long, and which
    page that is depends on how deep the server calls it. A first frame that asks for much makes the first piece large.
    """

    def roomy(*given: P.args, **named: P.kwargs) -> R:
        return function(*given, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return wraps(function)(roomy)
