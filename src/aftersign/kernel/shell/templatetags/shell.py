"""Tags and filters of every page: icons, chips, clauses, people, meters, words of the policy, dates and money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from aftersign.kernel.clock import eras
from aftersign.kernel.shell import dates, marks, seals, slots, table
from aftersign.kernel.shell.markup import markup
from aftersign.kernel.shell.money import formatted
from aftersign.kernel.units import registry, words

register = template.Library()


register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.chip, name="chip")
register.simple_tag(marks.clause, name="clause")
register.simple_tag(marks.clauses, name="clauses")
register.simple_tag(marks.avatar, name="avatar")
register.simple_tag(marks.meter, name="meter")
register.simple_tag(table.ticks, name="ticks")


@register.simple_tag
def seal(name: Any, state: str = "signed") -> SafeString:
    """The red seal of a signer; state is signed, old or waiting."""
    return seals.seal(str(getattr(name, "name", name)), state)


@register.inclusion_tag("shell/parts/lifecycle.html")
def lifecycle(stages: Iterable[Any], current: str = "") -> dict[str, Any]:
    """The way of an order; the stages before the current one are done.

    `stages` are names, or things with `name` and, when known, `label`, `note`, `share` (percent of the current stage),
    `ticks` (things with `label` and `done`) and `mark` (`halted` or `ended`: where the way stops).
    """
    parts = ("label", "note", "share", "ticks", "mark")
    shown = [
        {"name": getattr(each, "name", each)} | {part: getattr(each, part, "") for part in parts} for each in stages
    ]
    place = next((at for at, stage in enumerate(shown) if stage["name"] == current), -1)
    for at, stage in enumerate(shown):
        stage["label"] = stage["label"] or stage_label(stage["name"])
        stage["state"] = "done" if at < place else "current" if at == place else "ahead"
    return {"stages": shown}


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, unit: Any = None) -> SafeString:
    """The panels that rooms offer for a place, in their order."""
    around = {"actor": context.get("actor"), "frame": context.get("frame"), "unit": unit}
    shown = slots.panels(name, context.get("actor"), unit)
    return mark_safe("".join(render_to_string(panel.template, around | own) for panel, own in shown))  # noqa: S308


@register.inclusion_tag("shell/parts/buttons.html", takes_context=True)
def buttons(context: template.Context, name: str, unit: Any = None, small: bool = False) -> dict[str, Any]:
    """The buttons that rooms offer for a place, in their order."""
    shown = list(slots.buttons(name, context.get("actor"), unit))
    return {"buttons": shown, "small": small, "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def slot_buttons(context: template.Context, name: str, unit: Any = None) -> list[tuple[slots.Button, str]]:
    """The buttons that rooms offer for a place with their addresses, for a page that shows them in its own way."""
    return list(slots.buttons(name, context.get("actor"), unit))


@register.filter
def act_label(name: str) -> str:
    """What the policy calls an act."""
    return _label("act", name)


@register.filter
def fact_label(name: str) -> str:
    """What the policy calls a fact."""
    return _label("fact", name)


@register.filter
def role_label(name: str) -> str:
    """What the policy calls a role."""
    return _label("role", name)


@register.filter
def stage_label(name: str) -> str:
    """What the policy calls a stage."""
    return _label("stage", name)


@register.filter
def grade_label(name: str) -> str:
    """What the policy calls a grade of orders."""
    return _label("grade", name)


@register.filter
def word(name: str, room: str = "") -> str:
    """A word of the policy, in the sense of a room when one is named."""
    return _label(f"word/{room}" if room else "word", name)


@register.filter
def day(value: date | None) -> str:
    """A day with its exact value behind it."""
    return marks.time(value, dates.short_day(dates.day_of(value))) if value else ""


@register.filter
def full_day(value: date | None) -> str:
    """A day with its year, as text within a sentence."""
    return eras.written(value) if value else ""


@register.filter
def year(number: int | None) -> str:
    """A year by itself."""
    return eras.year(number) if number else ""


@register.filter
def days_within(text: str) -> str:
    """A text that was kept with days in it."""
    return eras.rewritten_within(text)


@register.filter
def moment(value: datetime | None) -> str:
    """A point of time with its exact value behind it."""
    return marks.time(value, dates.short_moment(value)) if value else ""


@register.filter
def due(value: date | None) -> str:
    """A due time in words and in its colour, with its exact value behind it."""
    return marks.due(value) if value else ""


@register.filter
def due_with_day(value: date | None) -> SafeString | str:
    """A due time in words, and its day behind it where the words do not say it already."""
    if not value:
        return ""
    said, known = dates.due(value), dates.short_day(dates.day_of(value))
    return marks.due(value) if known in said.words else markup('{} <span class="t3">{}</span>', due(value), day(value))


@register.filter
def money(amount: Decimal | None, currency: str = "CNY") -> str:
    """An amount with its currency's sign and thousands separators."""
    return "" if amount is None else formatted(amount, currency)


@register.filter
def hash_short(value: str) -> str:
    """The beginning and the end of a check value."""
    return f"{value[:4]}…{value[-4:]}" if len(value) > 10 else value


@register.filter
def address(unit: Model) -> str:
    """Where the page of a unit is."""
    return registry.kind_of(unit).address(unit)


def _label(sort: str, name: str) -> str:
    return words.label(sort, name, get_language() or "zh-hans") if name else ""
