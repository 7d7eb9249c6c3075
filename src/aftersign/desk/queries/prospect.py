"""What the policy will make of an order before it is registered: its grade, and the duties that its signature opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from aftersign.kernel.clock import now
from aftersign.kernel.clock.days import day_in
from aftersign.kernel.clock.due import due
from aftersign.kernel.clock.durations import duration
from aftersign.kernel.shell import money
from aftersign.kernel.shell.dates import today
from aftersign.policy.cards import act_of
from aftersign.policy.editions import store
from aftersign.policy.engine import grade_of
from aftersign.policy.engine.conditions import all_met, conditions
from aftersign.policy.engine.variant import is_living
from aftersign.policy.labels import label_in
from aftersign.policy.moments import count, moment
from aftersign.policy.rulebook import Rulebook, Term, duration_text, value_of
from aftersign.policy.standing import present

SIGNED, ACCEPTED = "order.signed", 8


@dataclass(frozen=True)
class Ahead:
    """A duty to come: the act that ends it, its clause, who owes it, and when it is due or how long it lasts."""

    title: str
    clause: str
    owner: str
    due: datetime | None
    lasts: str
    after: str


@dataclass(frozen=True)
class Prospect:
    """The grade of an order as entered so far, the duties that open at once and those that follow."""

    grade: str
    version: str
    first: tuple[Ahead, ...]
    then: tuple[Ahead, ...]


def of_registration(form: Any) -> Prospect | None:
    """What follows from what a form of registration holds now; None before an edition is in force."""
    edition = store.current()
    if edition is None:
        return None
    rulebook = store.rulebook_of(edition.pk)
    signed = _signed(form)
    signed["grade"] = grade_of(rulebook, signed)
    rooms = present().rooms_at(count(now()), store.program_of(edition.pk))
    living = [term for term in rulebook.terms.values() if term.kind == "duty" and is_living(term, rooms)]
    living = [term for term in living if all_met(conditions(term.only), signed)]
    first = [term for term in living if SIGNED in term.opens]
    follow = {name for term in first for name in term.closes}
    then = [term for term in living if SIGNED not in term.opens and term.room != "final"]
    then.sort(key=lambda term: not follow & set(term.opens))
    on = _day(form)
    return Prospect(
        grade=signed["grade"],
        version=edition.version,
        first=tuple(_ahead(rulebook, term, signed, on) for term in first),
        then=tuple(_ahead(rulebook, term, signed, None) for term in then[:ACCEPTED]),
    )


def _ahead(rulebook: Rulebook, term: Term, signed: dict[str, Any], on: date | None) -> Ahead:
    language = get_language() or "zh-hans"
    written = value_of(rulebook.params[term.within[1:]], signed) if term.within.startswith("$") else term.within
    company, at = present(), None
    if on is not None:
        zone = company.zone(company.program(company.edition_at(count(now()))))
        at = moment(due(zone.start(on.toordinal()), duration(str(written)), company.calendar(), zone))
    return Ahead(
        title=label_in(rulebook, "act", act_of(rulebook, term), language),
        clause=term.clause,
        owner=label_in(rulebook, "role", term.owner, language),
        due=at,
        lasts=duration_text(str(written), language),
        after=label_in(rulebook, "fact", term.opens[0], language),
    )


def _value(form: Any, name: str) -> Any:
    if form is None or name not in getattr(form, "fields", {}):
        return None
    return form[name].value()


def _signed(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"order_kind": _value(form, "kind") or ""}
    try:
        amount = money.parsed(str(_value(form, "amount")))
    except ValueError:
        return found
    if _value(form, "currency") in (None, "", "CNY"):
        found["amount_base"] = amount
    return found


def _day(form: Any) -> date:
    written = _value(form, "signed_on")
    if isinstance(written, date):
        return written
    return day_in(str(written)) or today()
