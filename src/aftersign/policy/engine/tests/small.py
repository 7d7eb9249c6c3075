"""A small rulebook with every kind of term that time moves, and facts told in hours, for the naive model too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from aftersign.kernel.clock import WorkCalendar
from aftersign.policy.engine import Fact, Program, World
from aftersign.policy.rulebook import DEFAULT, FactKind, Labels, OrderWide, Param, Place, Rulebook, Term, UnitKind, load

BEGIN = date(2026, 8, 31)  # a Monday; hour 0 of all stories
HOLIDAYS = [BEGIN + timedelta(days) for days in (3, 4, 16, 21, 22, 23, 24, 25, 40)]
WORKDAYS = [BEGIN + timedelta(days) for days in (5, 19, 41)]
CALENDAR = WorkCalendar(HOLIDAYS, WORKDAYS)
_START = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=timezone(timedelta(hours=8)))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMELESS = Labels("", "", "")

FACTS = {
    "order.signed": "order",
    "order.suspended": "order",
    "order.resumed": "order",
    "order.terminated": "order",
    "work.done": "order",
    "work.billed": "order",
    "work.began": "order",
    "work.ended": "order",
    "work.met": "order",
    "work.told": "order",
    "work.summed": "order",
    "work.plan_made": "plan",
    "work.plan_dropped": "plan",
    "work.item_made": "item",
    "work.item_fixed": "item",
    "work.item_checked": "item",
    "work.item_looked_at": "item",
    "work.item_dropped": "item",
    "work.item_held": "item",
    "work.item_freed": "item",
    "general.duty_waived": "duty",
    "general.duty_extended": "duty",
    "general.fact_withdrawn": "fact",
}
STEPS = (("+1bd", "boss"), ("+3bd", "boss"))
TERMS: dict[str, dict[str, Any]] = {
    "1.1.1.a": {"opens": ("order.signed",), "closes": ("work.done",), "within": "2bd", "escalates": STEPS},
    "1.1.1.b": {
        "per": "item",
        "opens": ("work.item_made",),
        "closes": ("work.item_fixed",),
        "within": "30h",
        "pauses": ("work.item_held",),
        "resumes": ("work.item_freed",),
        "voids": ("work.item_dropped", "work.plan_dropped"),
        "escalates": (("+2h", "boss"), ("+1bd", "boss")),
    },
    "1.1.1.c": {"per": "item", "opens": ("work.item_fixed",), "closes": ("work.item_checked",), "within": "3d"},
    "1.1.1.d": {
        "per": "item",
        "opens": ("work.item_checked",),
        "where": {"size": ">= 2"},
        "closes": ("work.item_fixed",),
        "within": "1bd",
        "voids": ("work.item_dropped",),
    },
    "1.1.1.e": {
        "opens": ("work.done", "order.terminated", "work.plan_dropped"),
        "closes": ("work.billed", "work.plan_made"),
        "within": "4bd",
        "escalates": STEPS,
    },
    "1.1.1.f": {"opens": ("work.began",), "closes": ("work.done",), "within": "1bd", "only": {"grade": ("A",)}},
    "1.1.2.a": {
        "every": "1w",
        "opens": ("work.began",),
        "until": ("work.ended",),
        "closes": ("work.met",),
        "escalates": STEPS,
    },
    "1.1.2.b": {"every": "3bd", "opens": ("work.began",), "until": ("work.ended",), "closes": ("work.told",)},
    "1.1.2.c": {
        "every": "10d",
        "grace": "2bd",
        "opens": ("work.began",),
        "until": ("work.ended",),
        "closes": ("work.summed",),
        "escalates": STEPS,
    },
    "1.1.2.d": {
        "per": "item",
        "every": "36h",
        "opens": ("work.item_made",),
        "until": ("work.item_fixed", "work.item_dropped", "work.plan_dropped"),
        "closes": ("work.item_looked_at",),
    },
    "1.1.2.e": {
        "every": "1m",
        "grace": "1d",
        "opens": ("work.began",),
        "until": ("work.ended",),
        "closes": ("work.summed",),
    },
}
KEPT = frozenset({"1.1.1.e", "1.1.1.b", "1.1.2.c"})
GRACE_DAYS = 2


def _kind(name: str, unit: str) -> FactKind:
    above = {"item": ("order", "plan"), "plan": ("order",), "duty": ("order",), "fact": ("order",)}.get(unit, ())
    carries = frozenset({unit, *above}) - ({"plan"} if name != "work.item_made" else frozenset())
    also = tuple(carries | ({"plan"} if unit == "plan" else set()))
    return FactKind(name, unit, also, {}, frozenset(), "team", ("x.act",), _NAMELESS, carries | {unit})


def _term(name: str, said: dict[str, Any]) -> Term:
    kind = "cycle" if "every" in said else "duty"
    place = Place("small", 1)
    return Term(
        **{
            "id": name,
            "clause": name[:5],
            "room": "work",
            "kind": kind,
            "per": "order",
            "owner": "boss",
            "place": place,
            **said,
        }
    )


def small_rulebook() -> Rulebook:
    """The rulebook; what this test has no use for is that of the default edition."""
    grace = Param("record_grace_days", "1.1.1", f"{GRACE_DAYS}bd", None, None, "ours", {}, _NAMELESS, Place("small", 1))
    units = {
        "order": ("company", "order.signed"),
        "plan": ("order", "work.plan_made"),
        "item": ("order", "work.item_made"),
    }
    default = load(Path(DEFAULT))
    return replace(
        default,
        id="small",
        rooms=("work", "general"),
        units={name: UnitKind(name, under, (born,), _NAMELESS) for name, (under, born) in units.items()}
        | {name: UnitKind(name, "company", (), _NAMELESS) for name in ("duty", "fact")},
        facts={name: _kind(name, unit) for name, unit in FACTS.items()},
        terms={name: _term(name, said) for name, said in TERMS.items()},
        params={"record_grace_days": grace},
        order_wide=OrderWide("order.suspended", "order.resumed", "order.terminated", KEPT),
    )


@dataclass
class Told:
    """A fact in hours since the beginning of `BEGIN`."""

    id: str
    name: str
    at: int
    entered: int
    units: dict[str, str]
    payload: dict[str, Any] = field(default_factory=dict)


def moment(hour: int) -> int:
    """An hour as the engine counts time."""
    return (_START + timedelta(hours=hour) - _EPOCH) // timedelta(microseconds=1)


def hour(at: int | None) -> int | None:
    """The engine's moment as an hour, None for none."""
    return None if at is None else (at - moment(0)) // 3_600_000_000


def engine_facts(story: list[Told]) -> list[Fact]:
    """A story as the engine reads it."""
    return [
        Fact(each.id, each.name, moment(each.at), moment(each.entered), dict(each.units), _payload(each), None, place)
        for place, each in enumerate(story)
    ]


def _payload(fact: Told) -> dict[str, Any]:
    if "new_due" not in fact.payload:
        return fact.payload
    new_due = _START + timedelta(hours=int(fact.payload["new_due"]))
    return {
        **fact.payload,
        "new_due": new_due.isoformat() if new_due.hour else (new_due.date() - timedelta(1)).isoformat(),
    }


def small_world() -> World:
    """A company with this rulebook alone."""
    program = Program.compile(small_rulebook())
    return World({"": program}, calendar=CALENDAR, rooms=program.rulebook.rooms)
