"""The checks of this chapter, each asked with facts, form and parts as the policy asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from aftersign.chapters.handover import rules
from aftersign.chapters.handover.content import Content, Document, Recipient, Section
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.checks import Asking, offered
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order


@dataclass
class Stated:
    """A fact as the engine and the doorway both show it."""

    name: str
    payload: dict[str, Any] = field(default_factory=dict)
    actor_id: UUID | None = None
    on_behalf_of: UUID | None = None


WU, LU, HE = Person(name="Wu"), Person(name="Lu"), Person(name="He")
SUBMITTED_1, SUBMITTED_2 = Stated("handover.submitted", {"form": "one"}), Stated("handover.submitted", {"form": "two"})
SIGNED_1 = Stated("handover.giver_signed", {"check_value": "one", "signer": str(WU.pk)})
SIGNED_2 = Stated("handover.giver_signed", {"check_value": "two", "signer": str(LU.pk)})
SIGNED_FOR = Stated("handover.giver_signed", {"signer": str(LU.pk)}, actor_id=LU.pk, on_behalf_of=WU.pk)
ACCEPTED = Stated("handover.accepted", {"last_department": "x"})
FULL = Content(
    sections={"basic_information": Section({"contact": "Gao"}), "special_matters": Section((), none_by="Wu")},
    documents=(
        Document("quotation", sha256="a" * 64),
        Document("negotiation_record", none_reason="none", none_by="Wu"),
    ),
    recipients=(Recipient("id-quality", "Quality"), Recipient("id-finance", "Finance", "finance_department")),
)


def ask(
    check: str,
    *,
    facts: tuple[Stated, ...] = (),
    given: Mapping[str, Any] | None = None,
    parts: tuple[str, ...] = (),
    person: Person | None = None,
    on_behalf_of: Person | None = None,
) -> Any:
    """Ask a check by name."""
    rule = offered(check)
    assert rule is not None
    actor = Actor("person", person=person, on_behalf_of=on_behalf_of)
    return rule(Asking("handover.any", actor, Order(), given or {}, facts, {}, parts))


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        (("basic_information", "special_matters"), ()),
        (("basic_information", "customer_requirements"), ("customer_requirements",)),
        (("quotation", "negotiation_record"), ()),
        (("quotation", "drawing"), ("drawing",)),
        ((), ()),
    ],
)
def test_each_part_is_filled_or_signed_as_none(parts: tuple[str, ...], missing: tuple[str, ...]) -> None:
    assert ask("part_or_signed_none", given={"content": FULL}, parts=parts) == missing


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        (("quotation", "customer_order"), ()),
        (("customer_order", "service_specification"), ("customer_order", "service_specification")),
        (("negotiation_record",), ("negotiation_record",)),
    ],
)
def test_one_kind_of_paper_is_there_as_a_file(parts: tuple[str, ...], missing: tuple[str, ...]) -> None:
    assert ask("at_least_one_part", given={"content": FULL}, parts=parts) == missing


def department(code: str) -> SimpleNamespace:
    return SimpleNamespace(code=code, pk=f"id-{code}")


@pytest.mark.parametrize(
    ("codes", "missing"),
    [
        (("finance", "quality"), ()),
        (("quality",), ("finance_department",)),
        (("finance",), ("Quality",)),
        ((), ("finance_department", "Quality")),
    ],
)
def test_every_recipient_gets_a_copy(codes: tuple[str, ...], missing: tuple[str, ...]) -> None:
    given = {"content": FULL, "departments": tuple(map(department, codes))}
    assert ask("every_recipient_has_a_copy", given=given, parts=("finance_department",)) == missing


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ((), False),
        ((SUBMITTED_1,), False),
        ((SUBMITTED_1, SIGNED_1), True),
        ((SUBMITTED_1, SIGNED_1, SUBMITTED_2), False),
        ((SUBMITTED_1, SIGNED_1, SUBMITTED_2, SIGNED_2), True),
    ],
)
def test_giver_has_signed_what_is_sent(facts: tuple[Stated, ...], holds: bool) -> None:
    assert ask("giver_signed_this_version", facts=facts) is holds


@pytest.mark.parametrize(
    ("person", "on_behalf_of", "holds"),
    [(HE, None, True), (WU, None, False), (LU, None, False), (HE, WU, False)],
)
def test_no_giver_of_any_version_receives(person: Person, on_behalf_of: Person | None, holds: bool) -> None:
    facts = (SUBMITTED_1, SIGNED_1, SUBMITTED_2, SIGNED_2)
    assert ask("giver_is_not_receiver", facts=facts, person=person, on_behalf_of=on_behalf_of) is holds


def test_a_form_that_a_deputy_signed_has_two_givers() -> None:
    for giver in (WU, LU):
        assert ask("giver_is_not_receiver", facts=(SUBMITTED_1, SIGNED_FOR), person=giver) is False
    assert ask("giver_is_not_receiver", facts=(SUBMITTED_1, SIGNED_FOR), person=HE) is True


@pytest.mark.parametrize(("read", "holds"), [("two", True), ("one", False), ("", False)])
def test_receiver_answers_to_the_latest_version(read: str, holds: bool) -> None:
    facts = (SUBMITTED_1, SIGNED_1, SUBMITTED_2)
    assert ask("receiver_signs_latest_version", facts=facts, given={"check_value": read}) is holds


@pytest.mark.parametrize(("facts", "holds"), [((SUBMITTED_1,), True), ((SUBMITTED_1, ACCEPTED), False)])
def test_a_complete_handover_stays_as_it_is(facts: tuple[Stated, ...], holds: bool) -> None:
    assert ask("handover_not_yet_complete", facts=facts) is holds


def copy(word: str, state: str, number: int) -> SimpleNamespace:
    return SimpleNamespace(word=word, state=state, form=SimpleNamespace(number=number))


@pytest.mark.parametrize(
    ("copies", "complete"),
    [
        ([], False),
        ([copy("a", "accepted", 2), copy("b", "accepted", 2)], True),
        ([copy("a", "accepted", 2), copy("b", "accepted", 1)], False),
        ([copy("a", "accepted", 2), copy("b", "resent", 2)], False),
        ([copy("a", "accepted", 2), copy("", "sent", 2)], True),
        ([copy("a", "accepted", 2), copy("", "returned", 2)], False),
        ([copy("a", "accepted", 2), copy("b", "recalled", 2)], False),
        ([copy("a", "recalled", 1), copy("a", "accepted", 2)], True),
        ([copy("", "accepted", 2)], False),
    ],
)
def test_complete_when_all_mandatory_copies_are_accepted_in_the_latest_version(
    copies: list[Any], complete: bool
) -> None:
    assert rules.is_complete(copies, latest=2) is complete
