"""Short histories in which the engine and the naive model once disagreed."""

from __future__ import annotations

from typing import Any

from aftersign.policy.engine.tests.small import BEGIN, HOLIDAYS, WORKDAYS
from aftersign.policy.engine.tests.telling import CALENDAR, ROOM, Told, days


def _of_order(name: str, fact: str, at: int, entered: int | None = None, **payload: Any) -> Told:
    return Told(name, fact, at, at if entered is None else entered, {"order": "o"}, payload)


def _withdrawn(name: str, fact: str, at: int) -> Told:
    return Told(name, "general.fact_withdrawn", at, at, {"order": "o", "fact": fact})


_SIDE = Told("r", ROOM, 50, 50, {}, {"room": "side"})

RUNNING_WITH_GRACE = [
    _of_order("s", "order.signed", 0, grade="B"),
    _of_order("b", "work.began", 10),
    _of_order("t", "order.terminated", 20),
]
"""A period with grace that still runs is closed by nothing yet, so its act is not accepted for its sake."""

SIGNED_ANEW = [
    _of_order("s", "order.signed", 0, grade="B"),
    _SIDE,
    _withdrawn("w", "s", 60),
    _of_order("n", "order.signed", 70, grade="A"),
    _of_order("d", "work.done", 80),
]
"""A signature that was withdrawn binds the order to nothing: the rooms are those of the one that stands."""

NOT_ADOPTED_AFTER_ALL = [
    _SIDE,
    _of_order("s", "order.signed", 0, 100, grade="B"),
    _of_order("a", "order.adopted", 100, stage="begun"),
    _withdrawn("w", "a", 110),
    _of_order("d", "work.done", 120),
]
"""Neither does an adoption that was withdrawn."""

USED_UP = [
    _of_order("s", "order.signed", 0, grade="B"),
    _of_order("g", "general.gate_released", 60, term="1.2.1.a", act="work.do_billed", unit="o"),
    _of_order("d", "work.billed", 50, 70),
]
"""A release is used up by what is stated after it, also when that had happened before."""

LONGER_PERIOD = [
    _of_order("s", "order.signed", 52, grade="A"),
    _of_order("b", "work.began", 56),
    Told("c", CALENDAR, 350, 350, {}, days([*HOLIDAYS[:4], BEGIN], WORKDAYS[:1])),
]
"""A change of the calendar moves the end of the running period, counted from where the last one ended."""
WITHDRAWN_THRICE = [
    _of_order("s", "order.signed", 52, grade="A"),
    _of_order("h", "order.suspended", 56),
    *(
        Told(id_, "general.fact_withdrawn", 60 + number, 60 + number, {"order": "o", "fact": fact})
        for number, (id_, fact) in enumerate((("w", "h"), ("v", "w"), ("u", "v")))
    ),
]
"""A withdrawal whose withdrawal was withdrawn counts again."""

COME_WITHIN_A_PAUSE = [
    _of_order("s", "order.signed", 19, grade="A"),
    _of_order("h", "order.suspended", 192, 193),
    Told("c", CALENDAR, 193, 193, {}, days(HOLIDAYS[:4], ())),
    _of_order("r", "order.resumed", 193),
]
"""A step that came within a pause is told after it, though by another calendar it would come later."""

COME_WITH_A_CHANGE = [
    _of_order("s", "order.signed", 1, grade="B"),
    Told("c", CALENDAR, 144, 144, {}, days(HOLIDAYS[:4], ())),
]
"""A step that comes at the moment of a change of the calendar has come."""

STATED_AFTER_A_CHANGE = [
    _of_order("s", "order.signed", 23, grade="B"),
    Told("c", CALENDAR, 24, 24, {}, days([*HOLIDAYS[:4], BEGIN], ())),
    _of_order("n", "order.signed", -176, 24, grade="A"),
]
"""What a fact opens is counted by the calendar that was known when it was stated, its steps of earlier days as well."""
