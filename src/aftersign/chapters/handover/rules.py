"""Who may do what in the handover, when it is complete, and the checks that the policy asks by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import HandoverCopy, Question
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, declare, works_in
from aftersign.kernel.acts.checks import Asking, check
from aftersign.orders.models import Order
from aftersign.orders.queries.people import team_of
from aftersign.orders.rules import SALES


def order_of(unit: Any) -> Order:
    """The order to which a form, a copy or a question belongs."""
    return unit if isinstance(unit, Order) else unit.order


def copy_of(unit: Any) -> HandoverCopy | None:
    """The copy that a unit is or is about."""
    return unit.copy if isinstance(unit, Question) else unit if isinstance(unit, HandoverCopy) else None


def _gives(actor: Actor, unit: Any) -> bool:
    order, person = order_of(unit), actor.person
    if not actor.is_person or person is None:
        return False
    if person.pk == order.sales_owner_id:
        return True
    head = order.sales_owner.department.head_id if order.sales_owner.department else None
    deputies = (row.deputy_id for row in team_of(order) if row.post == SALES)
    return person.pk in (head, *deputies)


def _receives(actor: Actor, unit: Any) -> bool:
    copy, person = copy_of(unit), actor.person
    if copy is None or not actor.is_person or person is None:
        return False
    return person.department_id == copy.department_id or copy.department.head_id == person.pk


gives = Predicate("sales owner of the order, their deputy or head", _gives)
receives = Predicate("department of the copy or its head", _receives)
signs = Predicate(
    "department of the copy or its head, of the form itself its giving side",
    lambda actor, unit: (_receives if copy_of(unit) else _gives)(actor, unit),
)

for _act in ("submit", "sign", "distribute", "resend_copy", "recall_copy", "explain", "answer", "correct"):
    declare(f"handover.{_act}", gives)
for _act in ("accept_copy", "accept_on_paper", "return_copy", "confirm_points", "ask", "withdraw_question"):
    declare(f"handover.{_act}", receives)
declare("handover.withdraw_signature", signs)
declare("handover.receive_original", works_in("records"))


def is_complete(copies: Iterable[HandoverCopy], latest: int) -> bool:
    """Whether every department that the policy demands has accepted the latest version, and none has returned its copy.

    `copies` are all copies ever sent, with their forms; a recalled mandatory copy must have been replaced.
    """
    rows = list(copies)
    demanded = {copy.word for copy in rows if copy.word}
    served = {copy.word for copy in rows if copy.word and copy.state == "accepted" and copy.form.number == latest}
    return bool(demanded) and demanded == served and all(copy.state != "returned" for copy in rows)


def code_meant(word: str) -> str:
    """The code of the department that a word of the policy means: `finance_department` means `finance`."""
    return word.removesuffix(queries.DEPARTMENT_SUFFIX)


def _last(facts: Sequence[Any], name: str) -> Mapping[str, Any]:
    """The payload of the last fact of a name, empty when there is none."""
    return next((fact.payload for fact in reversed(facts) if fact.name == name), {})


def _form_of(asking: Asking) -> Content | None:
    given = asking.given.get("content")
    return given if isinstance(given, Content) else queries.latest_content(order_of(asking.unit))


@check("part_or_signed_none")
def part_or_signed_none(asking: Asking) -> tuple[str, ...]:
    """Each part is filled, each kind of paper there, or somebody has said with their name that there is none."""
    form = _form_of(asking)
    return tuple(word for word in asking.parts if form is None or not form.answers(word))


@check("at_least_one_part")
def at_least_one_part(asking: Asking) -> tuple[str, ...]:
    """At least one of the kinds of paper is there as a file."""
    form = _form_of(asking)
    return () if form is not None and form.digests(tuple(asking.parts)) else tuple(asking.parts)


@check("every_recipient_has_a_copy")
def every_recipient_has_a_copy(asking: Asking) -> tuple[str, ...]:
    """The departments that the policy demands, and those that the form names, are all served by this distribution."""
    served = tuple(asking.given.get("departments", ()))
    codes, ids = {each.code for each in served if each.code}, {str(each.pk) for each in served}
    form = _form_of(asking)
    demanded = tuple(word for word in asking.parts if code_meant(word) not in codes)
    named = form.recipients if form else ()
    return demanded + tuple(each.name for each in named if not each.word and each.department not in ids)


@check("giver_signed_this_version")
def giver_signed_this_version(asking: Asking) -> bool:
    """The giver's last signature is under the version that was submitted last."""
    submitted, signed = _last(asking.facts, "handover.submitted"), _last(asking.facts, "handover.giver_signed")
    return bool(signed) and signed.get("check_value") == submitted.get("form")


@check("giver_is_not_receiver")
def giver_is_not_receiver(asking: Asking) -> bool:
    """Nobody with a hand in receiving has signed a version of this form, or had it signed, as its giver.

    That is who receives, for whom they do, and who has signed by hand on a paper that they enter.
    """
    signed = [fact for fact in asking.facts if fact.name == "handover.giver_signed"]
    givers = {UUID(str(fact.payload["signer"])) for fact in signed} | asking.hands_behind("handover.giver_signed")
    paper = getattr(asking.given.get("ceremony"), "paper", None)
    receivers = asking.actor.hands | ({paper.signer.pk} if paper else set())
    return not givers & receivers


@check("receiver_signs_latest_version")
def receiver_signs_latest_version(asking: Asking) -> bool:
    """What the receiver has read and answers to is the version that was submitted last."""
    return asking.given.get("check_value") == _last(asking.facts, "handover.submitted").get("form")


@check(queries.WHOLE)
def receiver_has_read_whole_form(asking: Asking) -> bool:
    """Every part of the text has been before the eyes of who signs; a paper is read as paper."""
    ceremony, form = asking.given.get("ceremony"), _form_of(asking)
    if ceremony is None or form is None:
        return False
    return bool(ceremony.paper) or set(form.parts) <= set(ceremony.read)


@check("handover_not_yet_complete")
def handover_not_yet_complete(asking: Asking) -> bool:
    """Not every department has accepted yet."""
    return not _last(asking.facts, "handover.accepted")
