"""The stage of an order, and what stands in the way of an act."""

from __future__ import annotations

from datetime import date
from typing import Any

from aftersign.policy.engine.tests.naive.opening import OF_ORDER
from aftersign.policy.engine.tests.naive.order import Naive
from aftersign.policy.engine.tests.small import BEGIN, GATES, LIMITS, STAGES, TERMS, act_of, carried_by
from aftersign.policy.engine.tests.telling import Told

Answer = tuple[list[tuple[str, str]], list[tuple[str, str, tuple[str, ...]]], list[str]]


def stage_of(order: Naive) -> str | None:
    """The stage that is shown."""
    if order.signed is None:
        return None
    stated = {fact.name for _hour, fact in order.read} | order.earlier | order.reaching
    if "order.closed" in stated:
        return "warranty" if order.until < _warranty_end(order) else "closed"
    if order.terminated:
        return "terminated"
    if order.suspended:
        return "suspended"
    return [name for name, reached, _facts in STAGES if stated & set(reached)][-1]


def _warranty_end(order: Naive) -> int:
    days = [fact.payload["warranty_until"] for _hour, fact in order.read if fact.payload.get("warranty_until")]
    return ((date.fromisoformat(days[-1]) - BEGIN).days + 1) * 24 if days else -1


def ask(order: Naive, act: str, units: dict[str, str]) -> Answer:
    """The terms that refuse an act, the checks that it still has to pass, and the gates that are released for it."""
    refused, needs, released = [], [], []
    stage = stage_of(order)
    if stage is not None and not _accepts(order, stage, act, units):
        refused.append(("limits", stage))
    for term, said in GATES.items():
        if act not in said["act"] or not _holds(order, term, said, units):
            continue
        kind = said.get("kind", "gate")
        if kind == "ban":
            refused.append((term, "ban"))
        elif kind == "content":
            needs.append((term, said["check"], said["parts"]))
        elif not said.get("firm") and _is_released(order, term, said, act, units):
            released.append(term)
        elif "unless" in said and not any(_is_stated(order, name, said, units) for name in said["unless"]):
            refused.append((term, "unless"))
        elif "check" in said:
            needs.append((term, said["check"], ()))
    return sorted(refused), sorted(needs), sorted(released)


def _accepts(order: Naive, stage: str, act: str, units: dict[str, str]) -> bool:
    if any(_would_close(order, term, act, units) for term in TERMS):
        return True
    room = act.partition(".")[0]
    for of, accepts, refuses in LIMITS:
        if of != ("closed" if stage == "warranty" else stage):
            continue
        if {act, room} & set(refuses) or (accepts is not None and not {act, room} & set(accepts)):
            return False
    return True


def _would_close(order: Naive, term: str, act: str, units: dict[str, str]) -> bool:
    said = TERMS[term]
    if act not in map(act_of, said["closes"]):
        return False
    per = said.get("per", OF_ORDER)
    found = {duty.unit for duty in order.duties if duty.term == term}
    wanted = {units[per]} if per in units else found
    return any(order.closable(term, unit, order.until) for unit in wanted)


def _holds(order: Naive, term: str, said: dict[str, Any], units: dict[str, str]) -> bool:
    known = order.adopted or order.signed
    if not order.company.lives(term, said, known):
        return False
    grade = order.signed.payload.get("grade") if order.signed else None
    if "only" in said and grade not in said["only"]["grade"]:
        return False
    if "where" not in said:
        return True
    sizes = [fact.payload["size"] for _hour, fact in order.read if "size" in fact.payload and _is_of(fact, said, units)]
    return bool(sizes) and sizes[-1] >= 2


def _is_of(fact: Told, said: dict[str, Any], units: dict[str, str]) -> bool:
    per = said.get("per", OF_ORDER)
    return fact.units.get(per) == units.get(per)


def _is_stated(order: Naive, name: str, said: dict[str, Any], units: dict[str, str]) -> bool:
    per = said.get("per", OF_ORDER)
    if OF_ORDER not in carried_by(name):
        return order.company.has_installed
    carries = per in carried_by(name)
    if (per == OF_ORDER or not carries) and name in order.earlier | order.reaching:
        return True
    return any(fact.name == name and (not carries or _is_of(fact, said, units)) for _hour, fact in order.read)


def _is_released(order: Naive, term: str, said: dict[str, Any], act: str, units: dict[str, str]) -> bool:
    per = said.get("per", OF_ORDER)
    released = False
    read = [fact for _hour, fact in order.read]
    for fact in sorted(read, key=order.company.place):
        if fact.name == "general.gate_released":
            meant = (fact.payload["term"], fact.payload["act"], fact.payload["unit"])
            released = released or meant == (term, act, units[per])
        elif act_of(fact.name) == act and fact.units.get(per) == units[per]:
            released = False
    return released
