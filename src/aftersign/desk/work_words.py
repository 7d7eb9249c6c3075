"""Words of My work: greetings, what comes next, tabs, groups, and numbers that are only counted so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from aftersign.desk.queries.work import Work
from aftersign.desk.queries.work.lists import AWAY, BELOW, DEPARTMENT, MINE, OTHERS
from aftersign.desk.queries.work.page import Group
from aftersign.desk.queries.work.tally import MOST
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.shell import dates
from aftersign.kernel.shell.marks import clause
from aftersign.kernel.units import registry
from aftersign.policy.cards import Card

_TABS = {
    MINE: gettext_lazy("To do"),
    DEPARTMENT: gettext_lazy("For my department to take"),
    BELOW: gettext_lazy("Overdue in my department"),
    OTHERS: gettext_lazy("I am waiting for"),
    AWAY: gettext_lazy("Deputies"),
}
_GROUPS = {
    "overdue": (gettext_lazy("Overdue"), "bad"),
    "today": (gettext_lazy("Today"), "warn"),
    "week": (gettext_lazy("This week"), "t2"),
    "later": (gettext_lazy("Later"), "t2"),
    "paused": (gettext_lazy("Paused"), "t3"),
}


def greeting(actor: Actor) -> str:
    """Good morning, afternoon or evening, with the name."""
    hour = timezone.localtime(now()).hour
    said = {"name": actor.name}
    if hour < 12:
        return _("Good morning, %(name)s") % said
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % said


def today_line(work: Work) -> str:
    """The day, and what to begin with."""
    moment = timezone.localtime(now())
    day = {"date": date_format(moment, "MONTH_DAY_FORMAT"), "weekday": dates.weekday(moment.date())}
    today = pgettext("a day with its weekday", "%(weekday)s, %(date)s") % day
    overdue, due = work.counts["overdue"], work.counts["today"]
    if overdue:
        first = ngettext("first %(n)d overdue item", "first %(n)d overdue items", overdue) % {"n": overdue}
        if not due:
            return f"{today} · {first}"
        return _("%(today)s · %(first)s, then %(due)d due today") % {"today": today, "first": first, "due": due}
    if due:
        return _("%(today)s · %(due)d due today") % {"today": today, "due": due}
    return _("%(today)s · nothing is due today") % {"today": today}


def calm_line(work: Work) -> SafeString | str:
    """That nothing is due today, and what comes next, by day, name and clause."""
    card = work.first
    if card is None:
        return ""
    name = format_html(
        '<a href="{}">{}</a> {}', reverse("duty", args=[card.duty.pk]), card.title, clause(card.duty.clause)
    )
    if card.duty.due_at is None:
        return format_html(_("Nothing is due today. What is left stands still: {name}"), name=name)
    day = dates.due(card.duty.due_at).words
    return format_html(_("Nothing is due today. The next comes on {day}: {name}"), day=day, name=name)


def many(number: int) -> str:
    """A number, as long as it was counted to its end."""
    return _("over 10,000") if number > MOST else str(number)


def tab_label(name: str) -> str:
    """The label of a tab."""
    return str(_TABS[name])


def group_head(group: Group) -> SafeString:
    """The name of a group: when its duties are due, or the order to which they belong."""
    if group.order is not None:
        where = registry.kind_of(group.order).address(group.order)
        number, title = group.order.number.rpartition("-")[2], group.order.title
        return format_html('<a class="el" href="{}">{} {}</a>', where, number, title)
    label, tone = _GROUPS.get(group.name, (gettext_lazy("Company"), "t2"))
    return format_html('<span class="{}">{}</span>', tone, label)


def title_line(card: Card) -> SafeString:
    """What is to be done, as the way to the duty, and the unit that it is about."""
    about = format_html('<span class="t3 s el">{}</span>', card.about) if card.about else ""
    address = registry.kind_of(card.duty).address(card.duty)
    return format_html('<a class="el" id="t-{}" href="{}">{}</a>{}', card.duty.pk, address, card.title, about)


def meta_line(card: Card, work: Work) -> SafeString:
    """Under which clause, on which order and whose a duty is, and what has to prove it."""
    parts = [clause(card.duty.clause)]
    if order := card.duty.order:
        address, number = registry.kind_of(order).address(order), order.number.rpartition("-")[2]
        parts.append(
            format_html('<a class="t2" href="{}">{}</a><span class="el">{}</span>', address, number, order.title)
        )
    ours = card.duty.owner is None and card.duty.owner_department_id == work.desk.person.department_id
    if work.tab != MINE and not ours:
        parts.append(format_html('<span class="dotsep who">{}</span>', card.owner_name))
    if card.evidence:
        said = _("Evidence: %(what)s") % {"what": _(", ").join(card.evidence)}
        parts.append(format_html('<span class="dotsep el">{}</span>', said))
    return mark_safe("".join(parts))  # noqa: S308 (each part is safe by itself)


def rest_of_week() -> str:
    """From tomorrow to Sunday."""
    tomorrow = timezone.localtime(now()).date() + timedelta(days=1)
    sunday = tomorrow + timedelta(days=6 - tomorrow.weekday())
    if tomorrow == sunday:
        return dates.weekday(sunday)
    return _("%(first)s to %(last)s") % {"first": dates.weekday(tomorrow), "last": dates.weekday(sunday)}


def rate_change(change: float | None) -> SafeString | str:
    """By how many points a rate stands above or below that of the last quarter; nothing where there was none."""
    if change is None:
        return ""
    tone, sign = ("ok", "+") if change >= 0 else ("bad", "−")
    said = _("%(points)s on last quarter") % {"points": f"{sign}{abs(change):.1f}"}
    return format_html('<small class="{}">{}</small>', tone, said)


TAGS: dict[str, Callable[..., Any]] = {
    tag.__name__: tag
    for tag in (
        greeting,
        today_line,
        calm_line,
        many,
        tab_label,
        group_head,
        title_line,
        meta_line,
        rest_of_week,
        rate_change,
    )
}
