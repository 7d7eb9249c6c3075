"""Random histories of one order, read by the engine and by a model that ticks hour by hour: they must say the same."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aftersign.policy.engine import Case, Duty, read_case
from aftersign.policy.engine.tests import corners
from aftersign.policy.engine.tests.naive import Naive, ask, stage_of
from aftersign.policy.engine.tests.small import BEGIN, FACTS, GATES, HOLIDAYS, STAGES, WORKDAYS, act_of
from aftersign.policy.engine.tests.telling import CALENDAR, ROOM, Told, days, engine_facts, hour, moment, world_of

ASKED = os.environ.get("AFTERSIGN_HISTORIES")
LATE = st.sampled_from([0, 0, 0, 0, 1, 5, 30, 49, 60, 90, 200])
LATER = st.sampled_from([0, 0, 1, 3, 8, 14, 24, 24, 40, 72, 150])
NAMES = [name for name in FACTS if not name.startswith(("general.", "policy."))]
RULINGS = [name for name in FACTS if name.startswith("general.")]
DUTIES = ["1.1.1.a o", "1.1.1.e o", "1.1.1.g o", "1.1.1.b i1", "1.1.1.d i1", "1.1.2.c o", "1.1.2.a o", "1.1.2.b o"]
PERIODS = ["", "", " 2026-09-07", " 2026-09-14", " 2026-09-21", " 2026-09-10"]
STAGE_NAMES = [name for name, _reached, _facts in STAGES]
ACTS = sorted({act for said in GATES.values() for act in said["act"]} | {act_of(name) for name in NAMES})


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """A signature, then facts of all kinds in the order of their entry, some of them late; the company in between."""
    entered = draw(st.integers(0, 60))
    story = [Told(f"c{each}", ROOM, 0, 0, {}, {"room": "side"}) for each in range(draw(st.integers(0, 1)))]
    story += _signing("f0", entered, draw)
    for number in range(1, draw(st.integers(1, 28))):
        entered += draw(LATER)
        at = entered - draw(LATE)
        if draw(st.integers(0, 3)) == 0:
            at = at // 24 * 24
        name = draw(st.sampled_from([*NAMES, *RULINGS, *RULINGS, CALENDAR, ROOM]))
        if name == "order.signed" and draw(st.integers(0, 2)) == 0:
            story += _signing(f"f{number}", entered, draw)
        elif name in (CALENDAR, ROOM):
            story.append(Told(f"f{number}", name, entered, entered, {}, draw(_of_company(name))))
        else:
            story.append(Told(f"f{number}", name, at, entered, *draw(_about(name, number, entered))))
    return story


def _signing(name: str, entered: int, draw: st.DrawFn) -> list[Told]:
    """A signature, by which an order that was running before may be taken in."""
    at = entered - draw(LATE)
    found = [Told(name, "order.signed", at, entered, {"order": "o"}, {"grade": draw(st.sampled_from("AB"))})]
    if draw(st.integers(0, 2)) == 0:
        stage = {"stage": draw(st.sampled_from(STAGE_NAMES))}
        found.append(Told(f"{name}a", "order.adopted", entered, entered, {"order": "o"}, stage))
    return found


@st.composite
def _of_company(draw: st.DrawFn, name: str) -> dict[str, Any]:
    if name == ROOM:
        return {"room": draw(st.sampled_from(["side", "else"]))}
    off = draw(st.lists(st.integers(0, 50), max_size=6))
    return days([*HOLIDAYS[:4], *(BEGIN + timedelta(each) for each in off)], WORKDAYS[: draw(st.integers(0, 3))])


@st.composite
def _about(draw: st.DrawFn, name: str, number: int, entered: int) -> tuple[dict[str, str], dict[str, Any]]:
    units, own = {"order": "o"}, FACTS[name]
    if own == "fact":
        return {**units, "fact": f"f{draw(st.integers(0, number))}" + draw(st.sampled_from(["", "", "a"]))}, {}
    if own == "duty":
        due = draw(st.sampled_from([entered // 24 * 24 + 24 * each for each in (0, 2, 3, 9)] + [entered + 7]))
        return {**units, "duty": draw(st.sampled_from(DUTIES)) + draw(st.sampled_from(PERIODS))}, {"new_due": due}
    if name == "general.gate_released":
        term = draw(st.sampled_from([name for name, said in GATES.items() if "unless" in said or "check" in said]))
        unit = draw(st.sampled_from(["i1", "i2"])) if GATES[term].get("per") == "item" else "o"
        return units, {"term": term, "act": draw(st.sampled_from(GATES[term]["act"])), "unit": unit}
    if name == "order.adopted":
        return units, {"stage": draw(st.sampled_from(STAGE_NAMES))}
    if name == "order.completed":
        last = BEGIN + timedelta(draw(st.integers(0, 60)))
        return units, {"warranty_until": last.isoformat()} if draw(st.booleans()) else {}
    if own in ("item", "plan"):
        units[own] = own[0] + draw(st.sampled_from("12"))
    if name == "work.item_made" and draw(st.booleans()):
        units["plan"] = "p" + draw(st.sampled_from("12"))
    return units, {"size": draw(st.integers(1, 3))} if name in ("work.item_checked", "work.item_made") else {}


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


def answer(case: Case, act: str, units: dict[str, str]) -> Any:
    """What the engine answers, as the naive model says it."""
    found = case.ask(act, units)
    needs = sorted((each.term, each.check, each.parts) for each in found.needs)
    return sorted(found.refused_by), needs, sorted(found.released)


@settings(
    max_examples=int(ASKED or 400),
    derandomize=ASKED is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(story=stories(), more=st.integers(0, 400))
@example(story=corners.RUNNING_WITH_GRACE, more=5)
@example(story=corners.SIGNED_ANEW, more=100)
@example(story=corners.NOT_ADOPTED_AFTER_ALL, more=100)
@example(story=corners.USED_UP, more=1)
@example(story=corners.LONGER_PERIOD, more=0)
@example(story=corners.WITHDRAWN_THRICE, more=24)
@example(story=corners.COME_WITHIN_A_PAUSE, more=0)
@example(story=corners.COME_WITH_A_CHANGE, more=0)
@example(story=corners.STATED_AFTER_A_CHANGE, more=0)
def test_the_engine_says_what_the_naive_model_says(story: list[Told], more: int) -> None:
    """Every duty and period, its due time, what is left, its state, who was told when; refusals, stage and gates."""
    until = story[-1].entered + more
    case = read_case(world_of(story), engine_facts(story), moment(until))
    model = Naive(story, until)
    assert [(each.id, each.why) for each in case.refused] == model.refused
    assert sorted(map(shown, case.duties), key=str) == model.shown()
    assert case.stage == stage_of(model)
    for act in ACTS:
        units = {"order": "o", **({"item": "i1"} if "item" in act else {}), **({"plan": "p1"} if "plan" in act else {})}
        assert answer(case, act, units) == ask(model, act, units), act
