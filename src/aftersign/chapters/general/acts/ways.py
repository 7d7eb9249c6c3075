"""How the facts of this chapter are withdrawn, and what people do instead where they are not."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from aftersign.chapters.general import states
from aftersign.chapters.general.models import Request
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.acts.withdrawing import Facts, Way, of_same_act, of_same_unit, offer, offer_instead, way_of
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded
from aftersign.policy.cases import edition_of
from aftersign.policy.editions import store

_HANDS = ("general.duty_taken", "general.duty_handed_on")
_ON_ITS_PAGE = gettext_lazy("Withdraw the request itself, on its own page.")
_GONE = gettext_lazy("What was withdrawn here can no longer be put back.")
_ASK_AGAIN = gettext_lazy("Ask again: a new request is decided anew.")
_INSTEAD = {
    "general.waiver_requested": _ON_ITS_PAGE,
    "general.extension_requested": _ON_ITS_PAGE,
    "general.release_requested": _ON_ITS_PAGE,
    "general.withdrawal_requested": _ON_ITS_PAGE,
    "general.release_agreed": _ASK_AGAIN,
    "general.request_refused": _ASK_AGAIN,
    "general.request_withdrawn": _ASK_AGAIN,
    "general.person_listed": gettext_lazy("Change what is wrong about the person; both stay in the record."),
    "general.person_moved": gettext_lazy("Move the person again; both stay in the record."),
    "general.department_listed": gettext_lazy("Change the department; both stay in the record."),
    "general.department_changed": gettext_lazy("Change the department again; both stay in the record."),
    "general.post_named": gettext_lazy("Name the holder of the post again; both stay in the record."),
    "general.company_changed": gettext_lazy("Change the company again; both stay in the record."),
    "general.calendar_changed": gettext_lazy("Change the calendar again; both stay in the record."),
}


def offer_all() -> None:
    """Put every kind of fact in its place; called once, when the application starts."""
    for name in _HANDS:
        offer(name, Way(built_on=of_same_unit(*_HANDS)))
    offer("general.duty_waived", Way(_undo, _redo))
    offer("general.duty_extended", Way(_undo, _redo, built_on=of_same_unit("general.duty_extended")))
    offer("general.gate_released", Way(_undo, _redo, built_on=_used))
    offer(WITHDRAWN, Way(_put_back, _take_back, built_on=_on_its_target, together=_fellows, objection=_to_its_target))
    for name, sentence in _INSTEAD.items():
        offer_instead(name, sentence)


def _undo(fact: Recorded) -> None:
    """The request that the fact had approved is no longer granted."""
    _follow(fact, states.UNDONE)


def _redo(fact: Recorded) -> None:
    """It is granted again."""
    _follow(fact, states.APPROVED)


def _follow(fact: Recorded, to: str) -> None:
    for request in Request.objects.filter(ruling=fact.id):
        states.move(request, to)
        request.save()


def _used(fact: Recorded, later: Facts) -> list[Recorded]:
    """The fact by which a released act has passed the gate already."""
    said, edition = fact.payload, edition_of(fact.order_id)
    rulebook = store.rulebook_of(edition) if edition else None
    term = rulebook.terms.get(said["term"]) if rulebook else None
    if rulebook is None or term is None:
        return []
    stated = [
        each
        for each in later
        if each.name in rulebook.facts
        and said["act"] in rulebook.facts[each.name].stated_by
        and each.units.get(term.per, term.per) == said["unit"]
    ]
    return stated[:1]


def _put_back(fact: Recorded) -> None:
    """The withdrawal of a withdrawal: what had been withdrawn stands again."""
    _undo(fact)
    target, way = _target(fact)
    way.put_back(target)


def _take_back(fact: Recorded) -> None:
    """And that withdrawn as well: it is withdrawn again."""
    _redo(fact)
    target, way = _target(fact)
    way.take_back(target)


def _target(fact: Recorded) -> tuple[Recorded, Way]:
    target = journal.by_ids([UUID(fact.unit_id)])[0]
    way = way_of(target.name)
    if way is None:
        raise Refused.because(str(_GONE))
    return target, way


def _on_its_target(fact: Recorded, later: Facts) -> Iterable[Recorded]:
    """What was built since on the fact that was withdrawn or put back, or would be built on it again."""
    target, way = _target(fact)
    return way.built_on(target, later)


def _to_its_target(fact: Recorded) -> str | Promise:
    """What is not withdrawn by itself is not put back by itself."""
    target = journal.by_ids([UUID(fact.unit_id)])[0]
    way = way_of(target.name)
    return way.objection(target) if way else _GONE


def _fellows(fact: Recorded, later: Facts) -> list[Recorded]:
    """The withdrawals that the same act stated."""
    return of_same_act(fact, later, WITHDRAWN)
