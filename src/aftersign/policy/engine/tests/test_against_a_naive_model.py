"""Random histories of one order, read by the engine and by a model that ticks hour by hour: they must say the same."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersign.policy.engine import Duty, read_case
from aftersign.policy.engine.tests.naive import Naive
from aftersign.policy.engine.tests.small import FACTS, Told, engine_facts, hour, moment, small_world

WORLD = small_world()
LATE = st.sampled_from([0, 0, 0, 0, 1, 5, 30, 49, 60, 90, 200])
NAMES = [name for name in FACTS if not name.startswith("general.")]
DUTIES = ["1.1.1.a o", "1.1.1.e o", "1.1.1.b i1", "1.1.1.b i2", "1.1.1.d i1", "1.1.2.c o", "1.1.2.a o", "1.1.2.b o"]
PERIODS = ["", "", " 2026-09-07", " 2026-09-14", " 2026-09-21", " 2026-09-10"]


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """A signature, then facts of all kinds in the order of their entry, some of them late."""
    entered = draw(st.integers(0, 60))
    story = [Told("f0", "order.signed", entered, entered, {"order": "o"}, {"grade": draw(st.sampled_from("AB"))})]
    for number in range(1, draw(st.integers(1, 28))):
        entered += draw(st.sampled_from([0, 0, 1, 3, 8, 14, 24, 24, 40, 72, 150]))
        at = entered - draw(LATE)
        name = draw(st.sampled_from([*NAMES, "general.duty_waived", "general.duty_extended", "general.fact_withdrawn"]))
        if draw(st.integers(0, 3)) == 0:
            at = at // 24 * 24
        story.append(Told(f"f{number}", name, at, entered, *draw(_about(name, number, entered))))
    return story


@st.composite
def _about(draw: st.DrawFn, name: str, number: int, entered: int) -> tuple[dict[str, str], dict[str, Any]]:
    units, own = {"order": "o"}, FACTS[name]
    if own == "fact":
        return {**units, "fact": f"f{draw(st.integers(0, number))}"}, {}
    if own == "duty":
        due = draw(st.sampled_from([entered // 24 * 24 + 24 * each for each in (0, 2, 3, 9)] + [entered + 7]))
        return {**units, "duty": draw(st.sampled_from(DUTIES)) + draw(st.sampled_from(PERIODS))}, {"new_due": due}
    if own in ("item", "plan"):
        units[own] = own[0] + draw(st.sampled_from("12"))
    if name == "work.item_made" and draw(st.booleans()):
        units["plan"] = "p" + draw(st.sampled_from("12"))
    return units, {"size": draw(st.integers(1, 3))} if name == "work.item_checked" else {}


def shown(duty: Duty) -> tuple[Any, ...]:
    """A duty as the naive model says it."""
    left = duty.left
    if duty.remaining is not None and duty.rule.clock == "h":
        left = f"{duty.remaining // 3_600_000_000}h"
    row = (duty.term, duty.unit, hour(duty.opened), duty.period, hour(duty.due), left, duty.state, duty.extended)
    return (
        *row,
        hour(duty.closed),
        hour(duty.breached),
        tuple((step, hour(at)) for step, _role, at, _people in duty.told),
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(story=stories(), more=st.integers(0, 400))
def test_the_engine_says_what_the_naive_model_says(story: list[Told], more: int) -> None:
    """Every duty and period, its due time, what is left, its state, and who was told when; and every refusal."""
    until = story[-1].entered + more
    case = read_case(WORLD, engine_facts(story), moment(until))
    model = Naive(story, until)
    assert [(each.id, each.why) for each in case.refused] == model.refused
    assert sorted(map(shown, case.duties), key=str) == model.shown()
