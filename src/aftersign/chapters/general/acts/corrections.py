"""Acts by which a mistaken fact is withdrawn: by its author soon, later when somebody asks and another agrees."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftersign.chapters.general import facts, states
from aftersign.chapters.general.acts.asking import ask, decided, reason_of, waiting
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries import corrections
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import withdrawing
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import Person
from aftersign.policy import citing
from aftersign.policy.cases import edition_of
from aftersign.policy.models import StatedFact

CHECK = "author_soon_or_second_person"


@act("general.request_withdrawal", capability="general.request_withdrawal")
def request_withdrawal(fact: StatedFact, *, reason: str, by: Actor) -> Request:
    """Somebody asks that a fact be withdrawn which they may not, or no longer, withdraw alone."""
    _refuse_unless_possible(fact, corrections.plan_of(fact))
    why = reason_of(reason, _("Write what was mistaken."))
    request = ask(by, {"kind": Kind.WITHDRAWAL, "fact": fact}, reason=why, **_about(fact))
    state(facts.WithdrawalRequested(about=fact, reason=why, requester=request.requester_id))
    return request


@act("general.withdraw_fact", capability="general.withdraw_fact", checks=(CHECK,))
def withdraw_fact(fact: StatedFact, *, reason: str, request: Request | None = None, by: Actor) -> Request:
    """A fact is withdrawn, and the case is read as if it had never been stated; the rows of its room follow.

    What the same act had stated as a consequence goes with it. `request` is the one that is agreed to. Raises `Refused`
    for a fact that cannot be withdrawn, and, with the list of them, where later facts were built on it.
    """
    plan = corrections.plan_of(fact)
    _refuse_unless_possible(fact, plan)
    why = reason_of(reason, _("Write what was mistaken."))
    second = by.id if request else None
    for each in reversed(plan.facts):
        way = withdrawing.way_of(each.name)
        if way is not None:
            way.take_back(each)
    rulings = [
        state(facts.FactWithdrawn(about=corrections.unit_of(each), what=each.name, reason=why, second_person=second))
        for each in plan.facts
    ]
    if request is not None:
        fresh = Request.objects.get(pk=request.pk)
        return decided(waiting(fresh, Kind.WITHDRAWAL), states.APPROVED, by=by, ruling=rulings[0])
    alone = Request(kind=Kind.WITHDRAWAL, fact=fact, requester=_person(by), reason=why, asked_at=now(), **_about(fact))
    return decided(alone, states.APPROVED, by=None, ruling=rulings[0])


def _refuse_unless_possible(fact: StatedFact, plan: corrections.Plan) -> None:
    if plan.objection:
        raise Refused.because(plan.objection)
    if plan.built_on:
        sentence = ngettext(
            "%(n)d later record was built on this one, withdraw it first: %(facts)s.",
            "%(n)d later records were built on this one, withdraw them first: %(facts)s.",
            len(plan.built_on),
        )
        raise citing.refused(fact.order_id, CHECK, sentence % _listed(plan.built_on))
    if plan.rests_on:
        sentence = ngettext(
            "What would stand again rests on %(n)d withdrawn record, put it back first: %(facts)s.",
            "What would stand again rests on %(n)d withdrawn records, put them back first: %(facts)s.",
            len(plan.rests_on),
        )
        raise citing.refused(fact.order_id, CHECK, sentence % _listed(plan.rests_on))


def _listed(facts: Sequence[Recorded]) -> dict[str, object]:
    return {"n": len(facts), "facts": _("; ").join(corrections.line_of(each) for each in facts)}


def _about(fact: StatedFact) -> dict[str, object]:
    stated_by = (fact.on_behalf_of or fact.actor_id) if fact.authors else None
    author = Person.objects.filter(pk=stated_by).first() if stated_by else None
    return {"order": fact.order, "edition_id": edition_of(fact.order_id), "fact_name": fact.fact, "author": author}


def _person(by: Actor) -> Person:
    if by.person is None:
        raise TypeError("only a person withdraws a fact")
    return by.person
