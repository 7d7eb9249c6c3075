"""Random acts on duties and facts: taking, handing on, asking for exceptions, deciding on them, withdrawing."""

from __future__ import annotations

from datetime import timedelta

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.states import WAITING
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.withdrawing import spoken_of, way_of
from aftersign.kernel.org.models import Person
from aftersign.kernel.units import registry
from aftersign.policy.models import UNFINISHED, Duty, StatedFact
from tests.company.acting.walk import Move, NothingThere, Walk


def take(walk: Walk) -> object:
    free = Duty.objects.filter(owner=None, state__in=UNFINISHED)
    found = walk.one(_duties(free)) if walk.happens(0.9) else _duty(walk)
    return walk.does("general.take_duty", acts.take_duty, found)


def hand_on(walk: Walk) -> object:
    given = {"to": walk.anybody(), "reason": walk.words()}
    return walk.does("general.hand_on_duty", acts.hand_on_duty, _duty(walk), **given)


def ask_waiver(walk: Walk) -> object:
    given = {"reason": walk.words(), "until": walk.day(-2, 90)}
    return walk.does("general.request_waiver", acts.request_waiver, _duty(walk), **given)


def ask_extension(walk: Walk) -> object:
    timely = Duty.objects.filter(state__in=("open", "paused"))
    duty = walk.one(_duties(timely)) if walk.happens(0.9) else _duty(walk)
    new_due = (duty.due_at or walk.moment) + timedelta(hours=walk.chance.choice((-5, 1, 24, 100, 500)))
    given = {"reason": walk.words(), "new_due": new_due}
    return walk.does("general.request_extension", acts.request_extension, duty, **given)


def ask_release(walk: Walk) -> object:
    """Somebody whom a gate has refused asks that it let them pass; mostly it is they who ask."""
    rows = [row for row in RefusedAct.objects.order_by("-refused_at", "pk")[:60] if row.terms]
    row = walk.one(rows)
    unit = registry.units_of([(row.unit, row.unit_id)]).get((row.unit, row.unit_id))
    if unit is None:
        raise NothingThere
    who = Person.objects.select_related("department").filter(pk=row.actor_id).first()
    by = Actor("person", person=who) if who and walk.happens(0.9) else walk.somebody("general.request_release", unit)
    term = walk.chance.choice(row.terms)
    return acts.request_release(unit, term=term, act=row.act, reason=walk.words(), by=by)


def withdraw(walk: Walk) -> object:
    """The author withdraws a fact, or somebody asks that it be withdrawn."""
    fact = _fact(walk)
    author = Person.objects.select_related("department").filter(pk=fact.actor_id).first()
    if author and walk.happens(0.6):
        return acts.withdraw_fact(fact, reason=walk.words(), by=Actor("person", person=author))
    return walk.does("general.request_withdrawal", acts.request_withdrawal, fact, reason=walk.words())


def decide(walk: Walk) -> object:
    """Somebody approves what was asked for."""
    request = _request(walk)
    if request.kind == Kind.WAIVER:
        return walk.does("general.waive_duty", acts.waive_duty, request)
    if request.kind == Kind.EXTENSION:
        return walk.does("general.extend_duty", acts.extend_duty, request)
    if request.kind == Kind.RELEASE:
        if request.agreed_by_id or walk.happens(0.05):
            return walk.does("general.release_gate", acts.release_gate, request)
        return walk.does("general.agree_to_release", acts.agree_to_release, request)
    if request.fact is None:
        raise NothingThere
    by = walk.somebody("general.refuse_request", request)
    return acts.withdraw_fact(request.fact, reason=request.reason, request=request, by=by)


def refuse(walk: Walk) -> object:
    return walk.does("general.refuse_request", acts.refuse_request, _request(walk), reason=walk.words())


def take_back(walk: Walk) -> object:
    return walk.does("general.withdraw_request", acts.withdraw_request, _request(walk))


def _duties(rows: object) -> object:
    related = ("owner__department", "owner_department", "order")
    return rows.select_related(*related).order_by("opened_at", "term", "unit_id")  # type: ignore[attr-defined]


def _duty(walk: Walk) -> Duty:
    rows = Duty.objects.all()
    return walk.one(_duties(rows.filter(state__in=UNFINISHED) if walk.happens(0.95) else rows))  # type: ignore[arg-type]


def _fact(walk: Walk) -> StatedFact:
    """Some fact, mostly one that can be withdrawn and was stated not long ago."""
    rows = StatedFact.objects.filter(actor_kind="person").order_by("-sequence")
    if walk.happens(0.9):
        kinds = [each for each in sorted(spoken_of()) if way_of(each)]
        rows = rows.filter(fact=walk.one(kinds)) if walk.happens(0.5) else rows.filter(fact__in=kinds)
    return walk.one(rows[: walk.chance.choice((3, 10, 2000))])


def _request(walk: Walk) -> Request:
    rows = Request.objects.select_related("duty", "fact", "order").order_by("asked_at", "pk")
    return walk.one(rows.filter(state__in=WAITING) if walk.happens(0.95) else rows)


MOVES: dict[Move, int] = {
    take: 5,
    hand_on: 4,
    ask_waiver: 4,
    ask_extension: 4,
    ask_release: 4,
    withdraw: 9,
    decide: 14,
    refuse: 2,
    take_back: 1,
}
