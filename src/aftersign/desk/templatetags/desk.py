"""Words of the desk: greetings, groups, rates and the next step of a duty; those of clauses stand in `clause_words`."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from aftersign.desk import clause_words
from aftersign.desk.queries.duties import Tick
from aftersign.desk.queries.work import DEPARTMENT, MINE, OTHERS, Work
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.shell.marks import icon
from aftersign.kernel.shell.templatetags.shell import day, fact_label, role_label
from aftersign.policy.cards import Card
from aftersign.policy.figures import Figure
from aftersign.policy.models import Duty
from aftersign.policy.rulebook import Labels, Term, duration_text
from aftersign.policy.term_words import severity_text

register = template.Library()
for _name, _tag in clause_words.TAGS.items():
    register.simple_tag(_tag, name=_name)

_TABS = {
    MINE: gettext_lazy("To do"),
    DEPARTMENT: gettext_lazy("For my department to take"),
    OTHERS: gettext_lazy("I am waiting for"),
}
_GROUPS = {
    "overdue": (gettext_lazy("Overdue"), "bad"),
    "today": (gettext_lazy("Today"), "warn"),
    "week": (gettext_lazy("This week"), "t2"),
    "later": (gettext_lazy("Later"), "t2"),
    "paused": (gettext_lazy("Paused"), "t3"),
}
_TICKS = {
    "opened": "inbox",
    "paused": "minus",
    "resumed": "inbox",
    "extended": "clock",
    "taken": "user",
    "due": "clock",
    "told": "bell",
    "coming": "up",
    "closed": "ok",
}


@register.simple_tag
def greeting(actor: Actor) -> str:
    """Good morning, afternoon or evening, with the name."""
    hour = timezone.localtime(now()).hour
    said = {"name": actor.name}
    if hour < 12:
        return _("Good morning, %(name)s") % said
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % said


@register.simple_tag
def today_line(work: Work) -> str:
    """The day, and what to begin with."""
    today = date_format(timezone.localtime(now()), "MONTH_DAY_FORMAT")
    overdue, due = work.counts["overdue"], work.counts["today"]
    if overdue:
        first = ngettext("first %(n)d overdue item", "first %(n)d overdue items", overdue) % {"n": overdue}
        if not due:
            return f"{today} · {first}"
        return _("%(today)s · %(first)s, then %(due)d due today") % {"today": today, "first": first, "due": due}
    if due:
        return _("%(today)s · %(due)d due today") % {"today": today, "due": due}
    return _("%(today)s · nothing is due today") % {"today": today}


@register.simple_tag
def tab_label(name: str) -> str:
    """The label of a tab."""
    return str(_TABS[name])


@register.simple_tag
def group_label(name: str) -> str:
    """The label of a group."""
    return str(_GROUPS[name][0])


@register.simple_tag
def group_tone(name: str) -> str:
    """The colour of a group."""
    return _GROUPS[name][1]


@register.simple_tag
def rate(figure: Figure) -> SafeString:
    """A rate with its denominator, or a dash where nothing counts yet."""
    if figure.rate is None:
        return format_html('<span class="t3">—</span> <small>{}</small>', _("nothing due yet"))
    said = _("%(on_time)d of %(all)d") % {"on_time": figure.on_time, "all": figure.denominator}
    return format_html("{}% <small>{}</small>", f"{figure.rate:.1f}", said)


@register.simple_tag
def rate_short(figure: Figure) -> str:
    """A rate alone, where its denominator stands beside it."""
    return "—" if figure.rate is None else f"{figure.rate:.1f}%"


@register.simple_tag
def rate_block(figure: Figure) -> SafeString:
    """A rate in large with its formula, a bar and its parts in words."""
    said = {"on_time": figure.on_time, "late": figure.late, "breached": figure.breached}
    formula = _("on time %(on_time)d ÷ (%(on_time)d + late %(late)d + overdue %(breached)d)") % said
    whole = figure.denominator or 1
    good, late = 100 * figure.on_time / whole, 100 * figure.late / whole
    return format_html(
        '<div class="big"><b>{}</b><span class="s t2">{}</span></div><svg class="meter" viewBox="0 0 100 6" '
        'preserveAspectRatio="none" role="img" aria-label="{}"><rect class="m-ok" width="{}" height="6"/>'
        '<rect class="m-warn" x="{}" width="{}" height="6"/><rect class="m-bad" x="{}" width="{}" height="6"/></svg>',
        rate_short(figure),
        formula,
        formula,
        f"{good:.1f}",
        f"{good:.1f}",
        f"{late:.1f}",
        f"{good + late:.1f}",
        f"{100 - good - late if figure.denominator else 0:.1f}",
    )


@register.simple_tag(takes_context=True)
def next_pages(context: template.Context) -> int:
    """How many portions the next press shows."""
    written = context["request"].GET.get("pages", "1")
    return (int(written) if written.isdecimal() else 1) + 1


@register.simple_tag
def next_step(card: Card) -> SafeString | str:
    """Who hears of it next, and when."""
    step = card.next_step
    if step is None or step.at is None:
        return ""
    return format_html("{}<br>{}", format_html(_("{day} escalates"), day=day(step.at)), role_label(step.role))


@register.simple_tag
def owner(duty: Duty) -> SafeString | str:
    """Whose duty it is: the person with their department, or the department that somebody is to take it from."""
    if duty.owner:
        department = duty.owner.department.name if duty.owner.department else ""
        return format_html('<span class="t3 s">{}</span> {}', department, duty.owner.name)
    if duty.owner_department:
        return format_html('<span class="t3 s">{}</span> {}', duty.owner_department.name, _("to be taken"))
    return format_html('<span class="warn">{}</span>', _("nobody"))


@register.simple_tag
def left(duty: Duty) -> str:
    """What is left of a clock that stands still."""
    if not duty.left:
        return ""
    return _("%(left)s left") % {"left": duration_text(duty.left, get_language() or "zh-hans")}


@register.simple_tag
def cause(duty: Duty) -> str:
    """Why a clock stands still or a duty has ended."""
    return fact_label(duty.cause) if "." in duty.cause else duty.cause


@register.simple_tag
def tick_icon(tick: Tick) -> SafeString:
    """The mark of a point on the line of time."""
    return format_html('<span class="ev">{}</span>', icon(_TICKS[tick.kind]))


@register.simple_tag
def tick_who(tick: Tick) -> str:
    """Who did it; of a step to come, the role that will hear of it."""
    return role_label(tick.who) if tick.kind == "coming" else tick.who


@register.simple_tag
def severity(term: Term) -> SafeString:
    """How grave a breach of a term is."""
    return format_html('<span class="chip">{}</span>', severity_text(term))


@register.filter
def group_icon(name: str) -> str:
    """The icon of a group."""
    return {"overdue": "bang", "today": "clock", "paused": "minus"}.get(name, "half")


@register.filter
def short_number(number: str) -> str:
    """The last part of a document number, as people say it."""
    return number.rpartition("-")[2]


@register.filter
def letter(term: str) -> str:
    """The letter of a term within its clause."""
    return term.rpartition(".")[2]


@register.filter
def said(labels: Labels, language: str = "") -> str:
    """A label in a language, the reader's unless said."""
    return labels.say(language or get_language() or "zh-hans")
