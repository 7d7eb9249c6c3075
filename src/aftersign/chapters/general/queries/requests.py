"""Requests for an exception as people read them: one with everything that an approver needs, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries import corrections, halting
from aftersign.chapters.general.queries.halting import HaltRow
from aftersign.chapters.general.unit import visible_requests
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.kernel.units import registry
from aftersign.kernel.units.addresses import address_of
from aftersign.policy.cards import Card, cards
from aftersign.policy.cards import act_of as act_of_term
from aftersign.policy.editions import store
from aftersign.policy.engine.names import EXTENDED, WAIVED
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty
from aftersign.policy.preview import Change, preview, would_state
from aftersign.policy.rulebook import Rulebook, Term

SHOWN = 50
WAITING, MINE, ANSWERED = "waiting", "mine", "answered"
TABS = (WAITING, MINE, ANSWERED)
_PEOPLE = ("on_behalf_of", "agreed_by", "agreed_for", "decided_by", "decided_for", "author")
_DUTY = ("order__customer", "owner__department", "owner_department__head")


@dataclass(frozen=True)
class RequestPage:
    """One request with what it is about, what would change, and who decides."""

    request: Request
    void: str
    card: Card | None
    changes: Sequence[Change]
    plan: corrections.Plan | None
    gate: Term | None
    rulebook: Rulebook
    subject: Any
    approvers: Sequence[Person]
    may_decide: bool
    may_take_back: bool

    @property
    def waits(self) -> bool:
        """Whether an answer can still be given."""
        return self.request.state in states.WAITING and not self.void

    @property
    def title(self) -> str:
        """What the request is about, in words."""
        return title_of(self.request)

    @property
    def act(self) -> str:
        """The act by which the reader would approve."""
        return act_of(self.request)


def act_of(request: Request) -> str:
    """The act by which a request is approved as it stands."""
    if request.kind == Kind.RELEASE:
        return "general.release_gate" if request.agreed_by_id else "general.agree_to_release"
    acts = {
        Kind.WAIVER: "general.waive_duty",
        Kind.EXTENSION: "general.extend_duty",
        Kind.WITHDRAWAL: "general.withdraw_fact",
    }
    return acts[Kind(request.kind)]


def page_of(actor: Actor, request: Request) -> RequestPage:
    """The page of a request that the actor may see."""
    void = deciding.void_because(request)
    waits = request.state in states.WAITING and not void
    duty = deciding.duty_of(request)
    ids = deciding.approvers(request) - request.first_hands if waits else frozenset()
    rulebook = store.rulebook_of(request.edition_id)
    plan = corrections.plan_of(request.fact) if request.fact and waits else None
    return RequestPage(
        request=request,
        void=void,
        card=cards([duty])[0] if duty else None,
        changes=changes_of(request, plan) if waits else (),
        plan=plan,
        gate=rulebook.terms.get(request.term) if request.kind == Kind.RELEASE else None,
        rulebook=rulebook,
        subject=_subject(request),
        approvers=list(Person.objects.filter(pk__in=ids).order_by("name")) if ids else [],
        may_decide=waits and deciding.may_decide(actor, request),
        may_take_back=request.state in states.WAITING and bool(actor.hands & request.askers),
    )


def changes_of(request: Request, plan: corrections.Plan | None = None) -> list[Change]:
    """The duties that would change if a request were approved now."""
    ids = {"duty": str(request.duty_id)} | ({"order": str(request.order_id)} if request.order_id else {})
    if request.kind == Kind.EXTENSION:
        return preview(request.order_id, stated=[would_state(EXTENDED, ids, new_due=request.new_due)])
    if request.kind == Kind.WAIVER:
        return preview(request.order_id, stated=[would_state(WAIVED, ids)])
    return preview(request.order_id, never=[each.id for each in plan.facts]) if plan and not plan.objection else []


def visible_in_full(actor: Actor) -> QuerySet[Request]:
    """The requests that an actor may see, with everything that a page of one shows."""
    return full(visible_requests(actor))


def full(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Requests with the people, the duty, the order and the fact that their pages and rows show."""
    related = (*deciding.RELATED, *_PEOPLE, *(f"duty__{each}" for each in _DUTY), "fact__order")
    return requests.select_related(*related)


@dataclass(frozen=True)
class Row:
    """A request in a list: the duty, the act or the fact that it is about, in words, and why it is void."""

    request: Request
    title: str
    void: str

    @property
    def at(self) -> datetime:
        """When it was asked for."""
        return self.request.asked_at

    @property
    def address(self) -> str:
        """Where it is read and answered."""
        return address_of("general:request", self.request.pk)


def waiting_rows(actor: Actor) -> list[Row | HaltRow]:
    """All requests that wait for an actor's answer, the oldest first; two queries, asked once a request."""
    found: list[Row | HaltRow] = [Row(request, title_of(request), void="") for request in deciding.waiting_for(actor)]
    return sorted([*found, *halting.waiting_for(actor)], key=lambda row: row.at)


def listed(actor: Actor, tab: str) -> list[Row | HaltRow]:
    """The requests of a tab: those that wait for the actor, those that they asked for, those that they answered."""
    if tab == WAITING:
        return waiting_rows(actor)
    person = actor.principal
    asked = Q(requester=person) | Q(on_behalf_of=person)
    answered = Q(agreed_by=person) | Q(agreed_for=person) | Q(decided_by=person) | Q(decided_for=person)
    rows = full(Request.objects.filter(asked if tab == MINE else answered)).order_by("-asked_at", "-id")
    halts = (halting.asked_by if tab == MINE else halting.answered_by)(actor).order_by("-requested_at", "-id")
    found: list[Row | HaltRow] = [*rows_of(rows[:SHOWN]), *(HaltRow(each) for each in halts[:SHOWN])]
    return sorted(found, key=lambda row: row.at, reverse=True)[:SHOWN]


def rows_of(requests: Iterable[Request]) -> list[Row]:
    """Requests as rows of a list; asks the database for nothing but whether withdrawals have become void."""
    return [Row(request, title_of(request), deciding.void_because(request)) for request in requests]


def title_of(request: Request) -> str:
    """What a request is about, in words: the duty by its act, the act that is to pass, or the fact."""
    language, rulebook = get_language() or "zh-hans", store.rulebook_of(request.edition_id)
    if request.kind == Kind.WITHDRAWAL:
        return label_in(rulebook, "fact", request.fact_name, language)
    if request.kind == Kind.RELEASE:
        return label_in(rulebook, "act", request.act, language)
    term = rulebook.terms.get(request.term)
    return label_in(rulebook, "act", act_of_term(rulebook, term), language) if term else request.term


def who_decides(request: Request) -> str:
    """Who decides on a request, in words, for whoever does not."""
    found = Person.objects.filter(pk__in=deciding.approvers(request)).order_by("name")
    names = _(", ").join(person.name for person in found)
    if not names:
        return _("Nobody can decide on this request as things stand.")
    return _("This request is for %(names)s to decide on.") % {"names": names}


def who_asked(request: Request) -> str:
    """Who can take a request back, in words."""
    return _("Only %(name)s, who asked, takes this request back.") % {"name": request.requester.name}


def about_duty(duty: Duty) -> list[Request]:
    """All requests about a duty, the latest first."""
    return list(full(Request.objects.filter(duty=duty.pk)).order_by("-asked_at", "-id"))


def _subject(request: Request) -> Any:
    """The unit that a release is asked for, where it is one of those that pages know."""
    if request.kind != Kind.RELEASE or not registry.has(request.unit) or request.unit == "company":
        return None
    found = registry.units_of([(request.unit, request.unit_id)])
    return next(iter(found.values()), None)
