"""What the facts of this chapter say beyond their names, for the activity of an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.clock import eras
from aftersign.kernel.journal.canonical import COMMITMENT
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.shell.templatetags.shell import day
from aftersign.kernel.units import registry, words
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import Names
from aftersign.policy.cards import act_of
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty, StatedFact
from aftersign.policy.standing import present


def details(facts: Sequence[Recorded], names: Names) -> Mapping[int, str]:
    """A line for each fact of this chapter, by sequence: what it was about, and why; one query at most."""
    mine = [fact for fact in facts if fact.name in _LINES or ("duty" in fact.units and "term" not in fact.payload)]
    if not mine:
        return {}
    ids = {fact.units["duty"] for fact in mine if "duty" in fact.units}
    rows = Duty.objects.filter(pk__in=ids).only("term", "edition", "period") if ids else ()
    duties = {str(duty.pk): duty for duty in rows}
    return {fact.sequence: line for fact in mine if (line := _line(fact, duties, names))}


PEOPLE = ("from_person", "to_person", "deputy")
"""The fields of those facts that hold people."""


def _line(fact: Recorded, duties: Mapping[str, Duty], names: Names) -> SafeString | str:
    about = _duty(duties.get(fact.units.get("duty", "")))
    said = _LINES[fact.name](fact.payload, names) if fact.name in _LINES else ""
    reason = fact.payload.get("reason")
    parts = [about, said, reason if isinstance(reason, str) else ""]
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _duty(duty: Duty | None) -> SafeString | str:
    """The duty as a link, under the label of the act that ends it."""
    if duty is None:
        return ""
    rulebook = store.rulebook_of(duty.edition_id)
    act = act_of(rulebook, rulebook.terms[duty.term])
    title = label_in(rulebook, "act", act, get_language() or "zh-hans")
    return format_html('<a href="{}">{}</a> {}', registry.kind_of(duty).address(duty), title, duty.period)


def _handed_on(payload: Mapping[str, Any], names: Names) -> str:
    giver, taker = (_name(payload.get(key), names) for key in ("from_person", "to_person"))
    said = {"giver": giver, "taker": taker}
    return _("from %(giver)s to %(taker)s") % said if giver else _("to %(taker)s") % said


def _post_handed_on(payload: Mapping[str, Any], names: Names) -> str:
    """A post with whoever had and has it; where the holder stays, who stands in there from now on."""
    post = words.label("role", str(payload.get("post", "")), get_language() or "zh-hans")
    if payload.get("from_person") != payload.get("to_person"):
        return _("%(post)s: %(change)s") % {"post": post, "change": _handed_on(payload, names)}
    deputy = _name(payload.get("deputy"), names)
    if deputy:
        return _("%(post)s: %(name)s stands in") % {"post": post, "name": deputy}
    return _("%(post)s: nobody stands in") % {"post": post}


def _name(person: Any, names: Names) -> str:
    return names.get(UUID(person), "") if person else ""


def _until(said: Mapping[str, Any], names: Names) -> str:
    return _("until %(day)s") % {"day": eras.rewritten(str(said.get("until", "")))}


def _new_due(said: Mapping[str, Any], names: Names) -> SafeString:
    old = format_html("<del>{}</del> → ", _day(said["old_due"])) if said.get("old_due") else ""
    return format_html("{}<ins>{}</ins>", old, _day(said["new_due"]))


def _gate(said: Mapping[str, Any], names: Names) -> str:
    rulebook = store.shown()
    return label_in(rulebook, "act", str(said.get("act")), get_language() or "zh-hans") if rulebook else ""


def _what(said: Mapping[str, Any], names: Names) -> str:
    what, rulebook = said.get("what"), store.shown()
    if rulebook is None or not isinstance(what, str) or COMMITMENT in what:
        return ""
    return label_in(rulebook, "fact", what, get_language() or "zh-hans")


def _day(written: str) -> str:
    return day(datetime.fromisoformat(written))


_LINES: dict[str, Callable[[Mapping[str, Any], Names], SafeString | str]] = {
    "general.duty_handed_on": _handed_on,
    "order.post_handed_on": _post_handed_on,
    "general.waiver_requested": _until,
    "general.duty_waived": _until,
    "general.extension_requested": _new_due,
    "general.duty_extended": _new_due,
    "general.release_requested": _gate,
    "general.release_agreed": _gate,
    "general.gate_released": _gate,
    "general.withdrawal_requested": lambda said, names: "",
    "general.fact_withdrawn": _what,
    "general.request_refused": lambda said, names: "",
    "general.request_withdrawn": lambda said, names: "",
}


def answers_for(actor: Actor, order: Order) -> bool:
    """Whether an actor may ask that facts of an order be withdrawn which others have stated."""
    return allowed(actor, "general.request_withdrawal", StatedFact(order=order))


def edition_for(order: Order) -> UUID | None:
    """The edition in force when an order was signed, as far as its duties say; else the one in force."""
    known = present().programs
    if len(known) == 1:
        return UUID(next(iter(known)))
    found = Duty.objects.filter(order=order).values_list("edition", flat=True).first()
    current = None if found else store.current()
    return found or (current.pk if current else None)
