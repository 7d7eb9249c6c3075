"""The course of an order: which stages it has reached and when, and what holds or has ended it on the way."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.engine import names
from aftersign.policy.engine.variant import room_of
from aftersign.policy.labels import label_in
from aftersign.policy.moments import count
from aftersign.policy.rulebook import Rulebook, StageBeside
from aftersign.policy.standing import present


@dataclass(frozen=True)
class Told:
    """A fact that stands: its name, when it happened, and what it says apart from private values."""

    name: str
    at: datetime
    said: dict[str, Any]


@dataclass(frozen=True)
class Tick:
    """Something that is normally done by the end of a stage."""

    label: str
    done: bool


@dataclass(frozen=True)
class Reached:
    """A stage and when it was reached (None: not yet, passed over, or before the adoption); `ticks` follow it."""

    stage: str
    at: datetime | None
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Course:
    """The stages of an order in their sequence and the last one reached.

    `beside` is the stage that is shown instead, since when, or until which day; `adopted` the one of the adoption.
    """

    stages: tuple[Reached, ...]
    last: str
    adopted: str
    beside: str
    since: datetime | None
    until: date | None


def course_of(order: Order) -> Course | None:
    """The course of an order, with what installed rooms do at its end; None before an edition is in force.

    One query, and another when nobody has asked yet how the company stands.
    """
    rulebook = store.shown()
    if rulebook is None:
        return None
    facts = _standing(order.pk, _wanted(rulebook))
    adopted = next((str(fact.said.get("stage")) for fact in facts if fact.name == names.ADOPTED), "")
    dates = {stage.stage: _first(facts, stage.reached_by) for stage in rulebook.stages}
    reached = [name for name, at in dates.items() if at or name == adopted]
    last = reached[-1] if reached else ""
    beside = next((each for each in rulebook.stages_beside if each.stage == order.stage), None)
    ticks = _ticks(rulebook, last, facts)
    return Course(
        stages=tuple(Reached(name, at, ticks if name == last else ()) for name, at in dates.items()),
        last=last,
        adopted=adopted,
        beside=beside.stage if beside else "",
        since=next((fact.at for fact in reversed(facts) if beside and fact.name in beside.from_), None),
        until=_until(facts, beside),
    )


def _wanted(rulebook: Rulebook) -> set[str]:
    found = {name for stage in rulebook.stages for name in (*stage.reached_by, *stage.facts)}
    found |= {name for beside in rulebook.stages_beside for name in (*beside.from_, *beside.to)}
    return found | {names.ADOPTED, names.COMPLETED, names.WITHDRAWN}


def _standing(order_id: UUID, wanted: Collection[str]) -> list[Told]:
    """The facts of these names that have not been withdrawn, in the order in which they were entered."""
    rows = Entry.objects.filter(order_id=order_id, fact__in=wanted).order_by("sequence")
    found, gone = [], set()
    for row in reversed(list(rows.only("id", "fact", "at", "units", "payload"))):
        if str(row.id) in gone:
            continue
        if row.fact == names.WITHDRAWN:
            gone.add(json.loads(row.units).get("fact", ""))
        else:
            found.append(Told(row.fact, row.at, json.loads(row.payload)))
    return found[::-1]


def _first(facts: Collection[Told], wanted: Collection[str]) -> datetime | None:
    return min((fact.at for fact in facts if fact.name in wanted), default=None)


def _until(facts: Collection[Told], beside: StageBeside | None) -> date | None:
    """The last day of a stage that ends with a day named in a fact."""
    if beside is None or not beside.to_day:
        return None
    written = [fact.said[beside.to_day] for fact in facts if fact.said.get(beside.to_day)]
    return date.fromisoformat(str(written[-1])[:10]) if written else None


def _ticks(rulebook: Rulebook, last: str, facts: Collection[Told]) -> tuple[Tick, ...]:
    """What installed rooms normally do by the end of a stage; what may stand for another only once it is done."""
    stage = next((each for each in rulebook.stages if each.stage == last), None)
    company = present()
    rooms = company.rooms_at(count(now()), company.program(company.edition_at(count(now()))))
    stated = {fact.name for fact in facts}
    first = {term.closes[0] for term in rulebook.terms.values() if term.closes}
    language = get_language() or "zh-hans"
    return tuple(
        Tick(label_in(rulebook, "fact", name, language), name in stated)
        for name in (stage.facts if stage else ())
        if name in stated or (name in first and room_of(name) in rooms)
    )
