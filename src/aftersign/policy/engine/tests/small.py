"""A small rulebook with every kind of term that time moves or that holds an act up, for the naive model too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aftersign.policy.rulebook import DEFAULT, Labels, Param, Rulebook, Term, load
from aftersign.policy.rulebook.model import FactKind, Limit, OrderWide, Place, Stage, UnitKind

BEGIN = date(2026, 8, 31)  # a Monday; hour 0 of all stories
HOLIDAYS = [BEGIN + timedelta(days) for days in (3, 4, 16, 21, 22, 23, 24, 25, 40)]
WORKDAYS = [BEGIN + timedelta(days) for days in (5, 19, 41)]
_NAMELESS = Labels("", "", "")

FACTS = {
    "order.signed": "order",
    "order.suspended": "order",
    "order.resumed": "order",
    "order.terminated": "order",
    "order.adopted": "order",
    "order.completed": "order",
    "order.closed": "order",
    "work.done": "order",
    "work.billed": "order",
    "work.began": "order",
    "work.ended": "order",
    "work.met": "order",
    "work.told": "order",
    "work.summed": "order",
    "work.ready": "order",
    "work.cheated": "order",
    "side.asked": "order",
    "side.checked": "order",
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
    "general.gate_released": "company",
    "policy.room_installed": "company",
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
    "1.1.1.g": {"opens": ("order.signed",), "closes": ("work.ready",), "within": "$span", "escalates": STEPS},
    "1.1.1.h": {"opens": ("work.began", "order.completed"), "closes": ("work.ready", "order.closed"), "within": "2d"},
    "1.1.3.a": {"room": "side", "opens": ("work.done",), "closes": ("work.told", "side.checked"), "within": "2bd"},
    "1.1.3.b": {"opens": ("side.asked",), "closes": ("work.billed",), "within": "1bd"},
    "1.1.3.c": {"opens": ("work.ready", "side.asked"), "closes": ("side.checked", "work.told"), "within": "1bd"},
    "1.1.3.d": {"every": "2d", "opens": ("work.ready",), "until": ("side.checked",), "closes": ("work.done",)},
    "1.1.2.e": {
        "every": "1m",
        "grace": "1d",
        "opens": ("work.began",),
        "until": ("work.ended",),
        "closes": ("work.summed",),
    },
}
GATES: dict[str, dict[str, Any]] = {
    "1.2.1.a": {"act": ("work.do_billed",), "unless": ("work.done",)},
    "1.2.1.b": {"act": ("work.do_billed", "work.do_met"), "unless": ("work.ready", "work.plan_made"), "check": "sound"},
    "1.2.1.c": {"act": ("work.do_billed",), "check": "sound", "firm": True, "only": {"grade": ("A",)}},
    "1.2.1.d": {
        "per": "item",
        "act": ("work.do_item_fixed",),
        "unless": ("work.item_held", "work.item_looked_at"),
        "where": {"size": ">= 2"},
    },
    "1.2.1.e": {"per": "item", "act": ("work.do_item_checked",), "unless": ("work.began",)},
    "1.2.1.f": {"act": ("work.do_told",), "unless": ("side.checked",)},
    "1.2.1.g": {"room": "side", "act": ("work.do_told",), "unless": ("work.met",)},
    "1.2.1.h": {"act": ("work.do_ended",), "unless": ("policy.room_installed",)},
    "1.2.2.a": {"kind": "content", "act": ("work.do_billed",), "parts": ("sum", "day"), "check": "whole"},
    "1.2.3.a": {"kind": "ban", "act": ("work.do_cheated",), "breach": ("work.cheated",)},
}
STAGES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("signed", ("order.signed",), ("work.done", "work.plan_made")),
    ("begun", ("work.began", "work.ready"), ("work.met", "work.item_fixed")),
    ("summed", ("work.summed", "work.ended"), ()),
    ("completed", ("order.completed",), ()),
    ("closed", ("order.closed",), ()),
)
LIMITS: tuple[tuple[str, tuple[str, ...] | None, tuple[str, ...]], ...] = (
    ("suspended", None, ("work.do_began", "work.do_done", "work.do_met", "work.do_summed", "order.do_completed")),
    ("completed", None, ("order.do_suspended", "work.do_began", "work.do_told")),
    ("terminated", ("general", "work.do_item_held"), ()),
    ("closed", ("general",), ()),
)
SPAN, SPAN_OF_A = "3bd", "1bd"
KEPT = frozenset({"1.1.1.e", "1.1.1.b", "1.1.2.c"})
GRACE_DAYS = 2


def act_of(fact: str) -> str:
    """The one act that states a kind of fact."""
    room, _dot, what = fact.partition(".")
    return f"{room}.do_{what}"


def carried_by(fact: str) -> frozenset[str]:
    """The kinds of unit whose ids a kind of fact has."""
    own = FACTS[fact]
    if own == "item":
        return frozenset({"order", "item", "plan"} if fact == "work.item_made" else {"order", "item"})
    return frozenset({own} if fact.startswith("policy.") else {"order", own})


def _kind(name: str, unit: str) -> FactKind:
    carried = carried_by(name)
    return FactKind(name, unit, tuple(carried), {}, frozenset(), "team", (act_of(name),), _NAMELESS, carried)


def _term(name: str, said: dict[str, Any]) -> Term:
    kind = "cycle" if "every" in said else "duty" if "opens" in said else "gate"
    usual = {"kind": kind, "per": "order", "owner": "boss", "room": "work", "place": Place("small", 1)}
    return Term(**{"id": name, "clause": name[:5], **usual, **said})


def _param(name: str, value: str, by: dict[str, Any]) -> Param:
    return Param(name, "1.1.1", value, None, None, "ours", by, _NAMELESS, Place("small", 1))


def small_rulebook() -> Rulebook:
    """The rulebook; what this test has no use for is that of the default edition."""
    grace = _param("record_grace_days", f"{GRACE_DAYS}bd", {})
    span = _param("span", SPAN, {"grade": {"A": SPAN_OF_A}})
    units = {
        "order": ("company", "order.signed"),
        "plan": ("order", "work.plan_made"),
        "item": ("order", "work.item_made"),
    }
    default = load(Path(DEFAULT))
    return replace(
        default,
        id="small",
        rooms=("work", "general", "side"),
        units={name: UnitKind(name, under, (born,), _NAMELESS) for name, (under, born) in units.items()}
        | {name: UnitKind(name, "company", (), _NAMELESS) for name in ("duty", "fact")},
        facts={name: _kind(name, unit) for name, unit in FACTS.items()},
        terms={name: _term(name, said) for name, said in (TERMS | GATES).items()},
        params={"record_grace_days": grace, "span": span},
        stages=tuple(Stage(name, reached, facts, _NAMELESS) for name, reached, facts in STAGES),
        limits=tuple(Limit(*each) for each in LIMITS),
        order_wide=OrderWide("order.suspended", "order.resumed", "order.terminated", KEPT),
    )
