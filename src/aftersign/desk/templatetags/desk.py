"""Words of the desk: greetings, groups, rates and the next step of a duty; those of clauses stand in `clause_words`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.desk import clause_words, work_words
from aftersign.desk.compliance import words as compliance_words
from aftersign.desk.queries.duties import Tick
from aftersign.desk.queries.hearers import Hearing
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts import doorway
from aftersign.kernel.shell import dates, marks
from aftersign.kernel.shell.marks import chip, icon
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.shell.templatetags.shell import day, due, fact_label, role_label
from aftersign.policy.cards import Card
from aftersign.policy.figures import Figure
from aftersign.policy.gatekeeper import is_firm
from aftersign.policy.models import Duty
from aftersign.policy.rulebook import Labels, Term, duration_text
from aftersign.policy.term_words import severity_text

register = template.Library()
for _name, _tag in {**clause_words.TAGS, **work_words.TAGS, **compliance_words.TAGS}.items():
    register.simple_tag(_tag, name=_name)

_TICKS = {
    "opened": "inbox",
    "paused": "minus",
    "resumed": "inbox",
    "extended": "clock",
    "taken": "user",
    "handed_on": "swap",
    "due": "clock",
    "told": "bell",
    "coming": "up",
    "closed": "ok",
}


register.filter(is_firm)


@register.filter
def leads(card: Card, actor: Actor) -> bool:
    """Whether the act of a duty has a page, and whoever reads may do it there; nobody is led to a page not theirs."""
    known = doorway.declared().get(card.act)
    return bool(card.address) and known is not None and allowed(actor, known.capability, card.unit)


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
def beside(figure: Figure) -> str:
    """What stands beside a rate, in words, as far as there is any."""
    said = {
        _("%(n)d extended"): figure.extended,
        _("%(n)d waived"): figure.waived,
        _("%(n)d released"): figure.released,
        _("%(n)d withdrawn"): figure.withdrawn,
    }
    return " · ".join(words % {"n": n} for words, n in said.items() if n)


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


@register.simple_tag
def next_step(card: Card, hearings: Mapping[UUID, Hearing] | None = None) -> SafeString | str:
    """Who hears of it next, and when; once all have heard of it, who heard of it last."""
    if hearings is None:
        step = card.next_step
        if step is None or step.at is None:
            return ""
        return format_html("{}<br>{}", format_html(_("Escalates: {day}"), day=day(step.at)), role_label(step.role))
    heard = hearings.get(card.duty.pk)
    if heard is None:
        return ""
    words = _("Escalated") if heard.is_past else _("Escalates: %(day)s") % {"day": dates.due(heard.at).words}
    when = marks.time(heard.at, words)
    return format_html(
        '{}<br><span title="{}">{}</span>', when, role_label(heard.role), heard.who or role_label(heard.role)
    )


@register.simple_tag
def state_icon(state: str) -> SafeString:
    """The shape and colour of a state, with its word for whoever cannot see it."""
    look = STATES[state]
    return format_html(
        '<span class="{}" title="{}">{}</span>', look.tone or "t3", look.word, icon(look.icon, str(look.word))
    )


@register.simple_tag
def due_mark(card: Card, shaped: bool = True) -> SafeString:
    """When a duty is due, with the shape of its state if asked; where its clock stands still, that and what is left."""
    look = STATES[card.shown]
    if card.duty.due_at is None:
        return format_html('{}<br><span class="t3">{}</span>', chip(card.shown), left(card.duty))
    if not shaped:
        return SafeString(due(card.duty.due_at))
    mark = format_html('<span class="{}">{}</span>', look.tone or "t3", icon(look.icon))
    return format_html('<span class="dm">{}{}</span>', mark, due(card.duty.due_at))


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
