"""How a simulated order begins: what it is, when it is signed, and when its form is first submitted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from aftersign.cli.simulating.office import DAY

DECK = ("C", "C", "C", "C", "C", "C", "B", "B", "B", "A")
"""Grades of any ten orders in a row."""
REGISTERING = 30.0
"""Minutes before the end in which nothing more is signed."""
_KINDS = {
    "A": (("project", 300_000, 5_000_000), ("project", 80_000, 900_000), ("sales", 500_000, 2_000_000)),
    "B": (("sales", 50_000, 490_000), ("service", 60_000, 480_000), ("rental", 50_000, 200_000)),
    "C": (
        ("call_off", 3_000, 90_000),
        ("sales", 2_000, 49_000),
        ("maintenance", 8_000, 120_000),
        ("other", 1_000, 40_000),
    ),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The first days of the n-th order of a run, in office time; `submitted` is None where no form ever is.

    `customer` is a share: where among the customers this one stands.
    """

    number: int
    kind: str
    amount: int
    signed: float
    registered: float
    submitted: float | None
    customer: float


def opening(seed: int, number: int, place: tuple[int, int], span: tuple[float, float]) -> Opening:
    """How an order begins, by its number; it is the n-th (from 0) of so many that are signed one after another.

    `span` is the office time between which they are signed; what is signed is registered before its end.
    """
    chance = Random(f"{seed}/{number}/opening")  # noqa: S311 (a simulation)
    deck = list(DECK)
    Random(f"{seed}/{number // len(DECK)}/deck").shuffle(deck)  # noqa: S311 (a simulation)
    kind, least, most = chance.choice(_KINDS[deck[number % len(DECK)]])
    amount = int(least * (most / least) ** chance.random()) // 100 * 100
    signed = span[0] + (span[1] - REGISTERING - span[0]) * (place[0] + chance.random()) / place[1]
    registered = min(_done(chance, signed, 1, 0.04), span[1] - 1)
    fails = chance.random() < 0.004
    submitted = None if fails else max(registered + 10, _done(chance, signed, 1, 0.06))
    return Opening(number, kind, amount, signed, registered, submitted, chance.random() ** 1.5)


def _done(chance: Random, since: float, days: int, late: float) -> float:
    """When something due in so many working days is done."""
    end = (since // DAY + days + 1) * DAY - 3
    if chance.random() < late:
        return end + 60 + chance.expovariate(1 / (0.8 * DAY))
    return since + 5 + max(end - since - 5, 1.0) * math.pow(chance.random(), 1.3)
