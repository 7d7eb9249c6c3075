"""Columns of the list of duties: clause, duty, order, owner, due, closed, state."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock import now
from aftersign.kernel.shell import dates, marks
from aftersign.kernel.shell.lists import Column
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.units.addresses import address_of
from aftersign.policy.cards import act_of, shown_state
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty


def rooms() -> tuple[str, ...]:
    """The chapters of the edition in force."""
    rulebook = store.shown()
    return tuple(rulebook.rooms) if rulebook else ()


def title_of(duty: Duty) -> str:
    """A duty by the act that ends it."""
    rulebook = store.rulebook_of(duty.edition_id)
    term = rulebook.terms[duty.term]
    return label_in(rulebook, "act", act_of(rulebook, term), get_language() or "zh-hans")


def owner_of(duty: Duty) -> str:
    """The person, else the department, that owes a duty."""
    owner = duty.owner or duty.owner_department
    return owner.name if owner else ""


def state_of(duty: Duty) -> str:
    """The word of a duty's state now, and whether it was extended."""
    word = str(STATES[shown_state(duty, now())].word)
    return f"{word} · {STATES['extended'].word}" if duty.extended else word


def written(value: datetime | None) -> str:
    """A point of time as files write it."""
    return dates.exact_day(value) if value else ""


def _duty(duty: Duty) -> SafeString:
    address = reverse("duty", args=[duty.pk])
    return format_html('<a class="b" href="{}">{}</a>', address, title_of(duty))


def _order(duty: Duty) -> SafeString | str:
    if duty.order is None:
        return ""
    address = address_of("orders:order", duty.order.number)
    customer = format_html('<span class="s t3">{}</span>', duty.order.customer.name)
    return format_html('<a href="{}">{}</a> {}', address, duty.order.number, customer)


def _state(duty: Duty) -> SafeString:
    chip = marks.chip(shown_state(duty, now()))
    return format_html("{} {}", chip, marks.chip("extended")) if duty.extended else chip


def _day(value: datetime | None) -> SafeString | str:
    return marks.time(value, dates.short_day(dates.day_of(value))) if value else "—"


COLUMNS = (
    Column("duty", _("Duty"), cell=_duty, kind="wide", text=title_of),
    Column(
        "order",
        _("Order"),
        cell=_order,
        sort="order__number",
        kind="one plain",
        text=lambda duty: f"{duty.order.number} {duty.order.title}" if duty.order else "",
    ),
    Column("clause", _("Clause"), cell=lambda duty: marks.clause(duty.clause), sort="clause", kind="plain"),
    Column(
        "due_at",
        _("Due"),
        cell=lambda duty: _day(duty.due_at),
        sort="due_at",
        kind="n plain end",
        text=lambda duty: written(duty.due_at),
    ),
    Column("owner", _("Owner"), cell=lambda duty: owner_of(duty) or "—", kind="n plain", text=owner_of),
    Column(
        "closed_at",
        _("Closed"),
        cell=lambda duty: _day(duty.closed_at),
        sort="closed_at",
        kind="n desk",
        text=lambda duty: f"{timezone.localtime(duty.closed_at):%Y-%m-%d %H:%M}" if duty.closed_at else "",
    ),
    Column("state", _("State"), cell=_state, sort="state", kind="plain end", text=state_of),
)
