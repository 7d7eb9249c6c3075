"""Words of requests: how they stand, what would change, who did what when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from aftersign.chapters.general import states
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries import gates
from aftersign.chapters.general.queries.requests import ANSWERED, MINE, WAITING, RequestPage
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import names_of
from aftersign.kernel.shell.dates import day_of
from aftersign.kernel.shell.marks import chip, clauses
from aftersign.kernel.shell.templatetags.shell import day
from aftersign.kernel.units import registry
from aftersign.orders.models import HaltRequest
from aftersign.policy.cards import Card, act_of
from aftersign.policy.editions import store
from aftersign.policy.escalation import EscalationStep, steps_of
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty
from aftersign.policy.preview import Change, Stands
from aftersign.policy.rulebook import duration_text
from aftersign.policy.rulebook.wording import Shown, clause_text
from aftersign.policy.standing import present

register = template.Library()
_TABS = {
    WAITING: gettext_lazy("Waiting for me"),
    MINE: gettext_lazy("Asked for by me"),
    ANSWERED: gettext_lazy("Answered by me"),
}
_STATES = {
    states.OPEN: ("waiting", gettext_lazy("Waits for an answer")),
    states.AGREED: ("waiting", gettext_lazy("One of two has agreed")),
    states.APPROVED: ("done", gettext_lazy("Approved")),
    states.REFUSED: ("breached", gettext_lazy("Refused")),
    states.WITHDRAWN: ("void", gettext_lazy("Taken back")),
    states.UNDONE: ("corrected", gettext_lazy("Approved by mistake, taken back")),
}
_HALTS = {
    "asked": _STATES[states.OPEN],
    "granted": _STATES[states.APPROVED],
    "rejected": _STATES[states.REFUSED],
    "withdrawn": _STATES[states.WITHDRAWN],
    "lapsed": ("void", gettext_lazy("Void")),
    "undone": _STATES[states.UNDONE],
}
_ASKED = {
    Kind.WAIVER: "general.request_waiver",
    Kind.EXTENSION: "general.request_extension",
    Kind.RELEASE: "general.request_release",
    Kind.WITHDRAWAL: "general.request_withdrawal",
}
_HALTED: dict[str, str] = {
    HaltRequest.Kind.SUSPENSION: "order.request_suspension",
    HaltRequest.Kind.TERMINATION: "order.request_termination",
}


@register.simple_tag
def tab_of_requests(name: str) -> str:
    """The label of a tab of the list."""
    return str(_TABS[name])


@register.simple_tag
def request_chip(request: Request | HaltRequest, void: str = "") -> SafeString:
    """How a request stands, as a chip."""
    if void:
        return chip("void", _("Void"), void)
    look, word = _HALTS[request.state] if isinstance(request, HaltRequest) else _STATES[request.state]
    return chip(look, str(word))


@register.simple_tag
def mark_of(request: Request) -> SafeString:
    """The mark of a granted exception, as it stands beside a state."""
    marks = {Kind.WAIVER: "waived", Kind.EXTENSION: "extended", Kind.RELEASE: "released", Kind.WITHDRAWAL: "corrected"}
    return chip(marks[Kind(request.kind)])


@register.filter
def asked_by_act(request: Request | HaltRequest) -> str:
    """The act by which a request was asked for."""
    return _HALTED[request.kind] if isinstance(request, HaltRequest) else _ASKED[Kind(request.kind)]


@register.simple_tag
def waited(since: datetime) -> str:
    """How long a request has been waiting."""
    minutes = int((now() - since).total_seconds()) // 60
    hours = minutes // 60
    if not hours:
        return ngettext("waiting for %(n)d minute", "waiting for %(n)d minutes", minutes) % {"n": minutes}
    if hours < 24:
        return ngettext("waiting for %(n)d hour", "waiting for %(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("waiting for %(n)d day", "waiting for %(n)d days", days) % {"n": days}


@register.simple_tag
def person_with(person: Person | None, on_behalf_of: Person | None) -> str:
    """A person, and for whom they acted."""
    if person is None:
        return ""
    if on_behalf_of is None:
        return person.name
    return _("%(name)s on behalf of %(other)s") % {"name": person.name, "other": on_behalf_of.name}


@register.simple_tag
def owner_of(duty: Duty) -> SafeString | str:
    """Whose duty it is: the person with their department, or the department."""
    if duty.owner:
        department = duty.owner.department.name if duty.owner.department else ""
        return format_html('{} <span class="t3 s">{}</span>', duty.owner.name, department)
    return duty.owner_department.name if duty.owner_department else _("nobody")


@register.simple_tag
def title_of_clause(card: Card) -> str:
    """The title of the clause of a duty."""
    return card.rulebook.clauses[card.duty.clause].title.say(get_language() or "zh-hans")


@register.simple_tag
def text_of_clause(card: Card) -> str:
    """The text of the clause of a duty with its values."""
    clause = card.rulebook.clauses[card.duty.clause]
    pieces = clause_text(card.rulebook, clause, get_language() or "zh-hans")
    return "".join(piece.text if isinstance(piece, Shown) else piece for piece in pieces)


@register.simple_tag
def left_of(stands: Stands | Duty) -> str:
    """What is left of a clock that stands still."""
    if not stands.left:
        return ""
    return _("%(left)s left") % {"left": duration_text(stands.left, get_language() or "zh-hans")}


@register.simple_tag
def act_of_change(change: Change) -> str:
    """The duty that would change, by the act that ends it."""
    term = change.rulebook.terms[change.term]
    return label_in(change.rulebook, "act", act_of(change.rulebook, term), get_language() or "zh-hans")


@register.filter
def clause_of(change: Change) -> str:
    """The clause of a duty that would change."""
    return change.term.rpartition(".")[0]


@register.simple_tag
def stands(change: Stands | None) -> SafeString | str:
    """How a duty stands, before or after: its state, with the day on which it is due while it runs."""
    if change is None:
        return _("no such duty")
    state = chip("extended" if change.extended and change.state == "done" else change.state)
    if change.state in ("open", "breached") and change.due_at:
        return format_html("{} {}", state, format_html(_("due {day}"), day=day(change.due_at)))
    return state


@register.simple_tag
def owners_of_changes(changes: Sequence[Change]) -> dict[UUID, str]:
    """The names of those who owe duties that somebody else would owe; one query, none where nobody changes."""
    sides = [side for change in changes if change.moves for side in (change.before, change.after)]
    ids = {side.owner for side in sides if side and side.owner}
    return names_of(ids) if ids else {}


@register.simple_tag
def owner_in(names: dict[UUID, str], side: Stands) -> str:
    """Who owes a duty, before or after; nobody by name while it waits to be taken."""
    return names.get(side.owner, "") if side.owner else _("to be taken")


@dataclass(frozen=True)
class Step:
    """A step of escalation as it comes now, and as it would come; None: it falls away, or the clock stands still."""

    role: str
    after: str
    before: datetime | None
    then: datetime | None


@register.simple_tag
def steps_moved(page: RequestPage) -> list[Step]:
    """What would become of the steps of escalation that have not come yet."""
    card, request = page.card, page.request
    if card is None or request.kind not in (Kind.WAIVER, Kind.EXTENSION):
        return []
    coming = [step for step in card.steps if step.at is None or step.at > now()]
    later = {step.step: step.at for step in _later(card, request)}
    return [Step(step.role, _after(step), step.at, later.get(step.step)) for step in coming]


def _later(card: Card, request: Request) -> tuple[EscalationStep, ...]:
    if request.kind == Kind.WAIVER or card.duty.due_at is None:
        return ()
    moved = Duty(edition_id=card.duty.edition_id, due_at=request.new_due)
    return steps_of(moved, card.term, present())


def _after(step: EscalationStep) -> str:
    return duration_text(step.step.removeprefix("+"), get_language() or "zh-hans")


@register.simple_tag
def days_more(request: Request) -> str:
    """How many calendar days an extension gives."""
    if request.old_due is None or request.new_due is None:
        return ""
    days = (day_of(request.new_due) - day_of(request.old_due)).days
    return ngettext("+%(n)d day", "+%(n)d days", days) % {"n": days} if days else ""


@register.filter
def title_of(unit: Model) -> str:
    """What a unit is called."""
    return registry.kind_of(unit).title(unit)


@register.simple_tag
def gate_waits_for(page: RequestPage) -> str:
    """What a gate waits for, in words."""
    return gates.waits_for(page.rulebook, page.gate) if page.gate else ""


@register.simple_tag
def gate_clause(act: str) -> SafeString:
    """The clauses of the edition in force that hold an act up until something is true."""
    rulebook = store.shown()
    terms = rulebook.terms.values() if rulebook else ()
    return clauses(dict.fromkeys(term.clause for term in terms if term.kind == "gate" and act in term.act))


@register.filter
def names(people: list[Person]) -> str:
    """People by name, one after the other."""
    return _(", ").join(person.name for person in people)
