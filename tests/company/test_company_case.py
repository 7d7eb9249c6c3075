"""The company's own case is read from the few facts that the policy names, and says what a reading of all would say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders import facts
from aftersign.orders.acts import list_customer
from aftersign.orders.entries import CustomerEntry
from aftersign.orders.models import Customer
from aftersign.policy import rows
from aftersign.policy.engine import read_case
from aftersign.policy.models import Duty
from aftersign.policy.moments import count
from aftersign.policy.rebuild import rebuild
from aftersign.policy.standing import DERIVED, engine_fact, world
from aftersign.policy.steps import run_due
from tests.company.happenings import happens, withdrawn
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]


def customers(number: int) -> None:
    for each in range(number):
        list_customer(company(), entry=CustomerEntry(name=f"客户{each}"), by=actor("wumin"))


def assert_read_alike() -> None:
    known, _place = world()
    journal = [engine_fact(fact) for fact in queries.of_order(None, private=False) if fact.name not in DERIVED]
    until = count(now())
    whole, part = read_case(known, journal, until), read_case(known, known.told(), until)
    assert len(known.told()) < len(journal)
    assert list(rows.values(None, part)) == list(rows.values(None, whole))
    assert part.next_step_at == whole.next_step_at
    people = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    for act in world()[0].program(whole.edition).judged:
        for unit in people:
            assert part.ask(act, {"person": unit}) == whole.ask(act, {"person": unit}), act


def test_duties_and_answers_are_those_of_a_whole_reading(firm: Firm, later: Later) -> None:
    customers(3)
    with later("2026-12-24 10:00"):
        run_due()
        assert Duty.objects.filter(order=None).exists()
        assert_read_alike()


def test_withdrawn_facts_are_left_out_of_both(firm: Firm, later: Later) -> None:
    customers(1)
    happens("general.person_left", Person.objects.get(account="hejing"), left_on="2026-09-07")
    withdrawn(Entry.objects.get(fact="general.person_left").id)
    withdrawn(Entry.objects.get(fact="order.customer_listed").id)
    with later("2026-10-12 10:00"):
        run_due()
        assert_read_alike()
        assert rebuild().different == []


def test_an_order_is_registered_without_reading_the_companys_journal(firm: Firm) -> None:
    customers(5)
    firm.register("第一单，连同新客户")
    firm.register("第二单")
    with CaptureQueriesContext(connection) as asked:
        firm.register("第三单")
    of_company = [each["sql"] for each in asked if '"journal"."order_id" IS NULL' in each["sql"]]
    assert of_company
    assert [sql for sql in of_company if "LIMIT 1" not in sql] == []
    assert rebuild().different == []


def test_what_the_policy_makes_nothing_of_is_still_refused_in_the_future(firm: Firm) -> None:
    customers(1)
    before = Entry.objects.count()
    early = facts.CustomerListed(about=Customer.objects.get(), at=now() + timedelta(days=1), name="早了")
    with pytest.raises(Refused):
        entered_at_once(early)
    assert Entry.objects.count() == before


def entered_at_once(fact: facts.CustomerListed) -> None:
    with clockwork(company(), by=operating("setup")):
        state(fact)
