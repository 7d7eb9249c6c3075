"""Accounts: rights are given by another administrator, one of whom always remains, and a password is seen once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.acts.accounts import LETTERS, Secret
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.models import DoneAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry, PrivateValue
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import department_of_code


@contextmanager
def refused(match: str) -> Iterator[None]:
    """Something is refused, and neither a person nor a fact is another."""
    before = (journal.company_end(), list(Person.objects.order_by("pk").values_list()))
    with pytest.raises(Refused, match=match):
        yield
    assert (journal.company_end(), list(Person.objects.order_by("pk").values_list())) == before


def change(person: Person, by: Actor, **rights: bool) -> Person:
    """An account's rights with some of them changed."""
    now = {"is_administrator": person.is_administrator, "is_auditor": person.is_auditor, "is_active": person.is_active}
    return acts.change_account(person, **{**now, **rights}, by=by)


def test_rights_are_told_as_they_changed(admin: Actor, clerk: Person) -> None:
    change(clerk, admin, is_auditor=True)
    fact = journal.latest(None, "general.account_changed")
    assert fact is not None
    assert fact.payload == {"auditor": True}
    head = journal.company_end()
    change(Person.objects.get(pk=clerk.pk), admin, is_auditor=True)
    assert journal.company_end() == head


def test_the_last_administrator_remains(admin: Actor, clerk: Person) -> None:
    own = admin.person
    assert own is not None
    for rights in ({"is_administrator": False}, {"is_active": False}):
        with refused("唯一"):
            change(own, admin, **rights)
    change(clerk, admin, is_administrator=True)
    change(own, admin, is_administrator=False)
    second = Person.objects.get(pk=clerk.pk)
    with refused("唯一"):
        change(second, Actor("person", person=second), is_active=False)


def test_nobody_gives_rights_to_themselves(admin: Actor, clerk: Person) -> None:
    own = admin.person
    assert own is not None
    with refused("自己"):
        change(own, admin, is_auditor=True)
    deputy = Actor("person", person=clerk, on_behalf_of=own)
    with refused("自己"):
        change(clerk, deputy, is_administrator=True)


def test_somebody_who_has_left_gets_nothing_more(admin: Actor, clerk: Person) -> None:
    clerk.left_on = date(2026, 9, 1)
    clerk.save()
    with refused("周岩"):
        change(clerk, admin, is_administrator=True)
    with refused("周岩"):
        acts.give_password(clerk, password=Secret.new(), by=admin)
    with refused("周岩"):
        acts.move_person(clerk, name="周严", by=admin)


def test_a_given_password_works_and_is_to_be_replaced(admin: Actor, clerk: Person) -> None:
    secret = Secret.new()
    acts.give_password(clerk, password=secret, by=admin)
    clerk.refresh_from_db()
    assert clerk.check_password(secret.text)
    assert clerk.must_change_password
    assert journal.latest(None, "general.password_given").payload == {}  # type: ignore[union-attr]


def test_a_password_is_written_nowhere(admin: Actor, company: Company) -> None:
    secret = Secret.new()
    by = admin.with_form(key=str(uuid4()), version=None)
    listed = acts.list_person(company, account="new", name="新人", password=secret, by=by)
    again = acts.list_person(company, account="new", name="新人", password=Secret.new(), by=by)
    assert (listed, again.check_password(secret.text)) == (again, True)
    assert secret.text not in repr(secret)
    kept = (Entry.objects.values_list(), PrivateValue.objects.values_list(), DoneAct.objects.values_list())
    assert all(secret.text not in str(list(rows)) for rows in kept)


def test_passwords_are_long_and_never_the_same() -> None:
    made = {Secret.new().text for _number in range(50)}
    assert len(made) == 50
    assert all(len(each) == 19 and set(each) <= {*LETTERS, "-"} for each in made)


def test_a_person_changes_in_all_that_is_told_of_them(admin: Actor, company: Company, clerk: Person) -> None:
    finance = department_of_code("finance")
    given = {"name": "周妍", "language": "en", "title": "会计", "email": "zhou@example.com"}
    acts.move_person(clerk, department=finance, **given, by=admin)
    fact = journal.latest(None, "general.person_moved")
    assert fact is not None
    assert fact.payload == given | {"department": str(finance.pk if finance else "")}
    acts.move_person(Person.objects.get(pk=clerk.pk), title="", by=admin)
    assert journal.latest(None, "general.person_moved").payload == {"title": ""}  # type: ignore[union-attr]


def test_nobody_moves_into_a_closed_department(admin: Actor, company: Company, clerk: Person) -> None:
    closed = acts.list_department(company, name="旧部门", by=admin)
    acts.close_department(closed, reason="不再需要", by=admin)
    closed = Department.objects.get(pk=closed.pk)
    with refused("旧部门"):
        acts.move_person(clerk, department=closed, by=admin)
    with refused("旧部门"):
        acts.list_person(company, account="x", name="某人", department=closed, by=admin)


def test_an_administrator_is_listed_with_a_fact_that_says_so(admin: Actor, company: Company) -> None:
    acts.list_person(company, account="second", name="副管理员", is_administrator=True, by=admin)
    assert journal.latest(None, "general.account_changed").payload == {"administrator": True}  # type: ignore[union-attr]
