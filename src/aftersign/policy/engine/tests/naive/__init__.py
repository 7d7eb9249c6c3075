"""The grammar read slowly and plainly: a clock that ticks hour by hour, and rules written as the sentences stand.

It shares nothing with the engine but the small rulebook. Time is in hours since the beginning of `BEGIN`, days are
hours // 24; 24:00 of a day is the first hour of the next.
"""

from aftersign.policy.engine.tests.naive.asking import ask, stage_of
from aftersign.policy.engine.tests.naive.order import Naive

__all__ = ["Naive", "ask", "stage_of"]
