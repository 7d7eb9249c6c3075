"""Below a frame with headroom no call fetches memory, however deep the frame itself was called."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from aftersign.kernel.shell.headroom import with_headroom

CALLS = 2_000
DEPTHS = 150
"""Calls within one another that together fill more than one of the pieces in which frames are kept."""


def busy() -> int:
    """How often the system had to hand out memory while a call is made again and again that makes others."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _time in range(CALLS):
        nested(12)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def nested(depth: int) -> int:
    """As many calls within one another as there are between a template and what it shows."""
    return sum([0 if depth == 0 else nested(depth - 1)])


def below(depth: int, function: Callable[[], int]) -> int:
    """What the function answers when it is called so deep."""
    return function() if depth == 0 else below(depth - 1, function)


@pytest.mark.parametrize("depth", range(0, 120, 3))
def test_no_depth_makes_calls_fetch_memory(depth: int) -> None:
    assert below(depth, with_headroom(busy)) < CALLS / 10


def test_without_it_some_depth_does() -> None:
    assert max(below(depth, busy) for depth in range(DEPTHS)) >= CALLS


def test_it_hands_on_what_it_is_given_and_answers() -> None:
    def named(one: int, *, two: int) -> tuple[int, int]:
        """Its words."""
        return one, two

    roomy = with_headroom(named)
    assert (roomy(1, two=2), roomy.__doc__) == ((1, 2), "Its words.")
