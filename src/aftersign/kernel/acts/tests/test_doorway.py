"""The doorway: whatever is refused has changed nothing, and whatever is done has stated its facts."""

from __future__ import annotations

import pytest
from django.test import override_settings

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.models import DoneAct, RefusedAct
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.acts.tests.doorway_rig import HOOKS, Renamed, rename, rename_twice
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org.models import Company, Department, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_policy():
    with override_settings(**HOOKS):
        yield


@pytest.fixture
def department() -> Department:
    Company.objects.create(name="The company")
    return Department.objects.create(name="Sales", code="sales")


@pytest.fixture
def actor() -> Actor:
    return Actor("person", person=Person.objects.create(account="wu", name="吴敏"))


def test_an_act_changes_its_row_and_states_its_fact(department: Department, actor: Actor) -> None:
    rename(department, name="Selling", by=actor)
    department.refresh_from_db()
    entry = Entry.objects.get()
    assert department.name == "Selling"
    assert (entry.sequence, entry.fact, entry.unit_id) == (1, "rig.renamed", str(department.pk))
    assert entry.actor_id == actor.id
    assert "Selling" in entry.payload
    assert "Sales" not in entry.payload


def test_a_refused_act_changes_nothing_and_is_counted(department: Department, actor: Actor) -> None:
    with pytest.raises(Refused):
        rename(department, name="", by=actor)
    department.refresh_from_db()
    assert department.name == "Sales"
    assert not Entry.objects.exists()
    assert Tail.objects.get().sequence == 0
    assert RefusedAct.objects.get().act == "rig.rename"


def test_without_the_capability_nothing_happens(department: Department) -> None:
    nobody = Actor("person", person=Person.objects.create(account="nobody", name="Nobody"))
    with pytest.raises(Forbidden):
        rename(department, name="Selling", by=nobody)
    assert not Entry.objects.exists()
    assert Department.objects.get().name == "Sales"


def test_somebody_who_has_left_may_do_nothing(department: Department, actor: Actor) -> None:
    assert actor.person is not None
    actor.person.is_active = False
    with pytest.raises(Forbidden):
        rename(department, name="Selling", by=actor)


def test_the_same_key_answers_with_the_first_result(department: Department, actor: Actor) -> None:
    keyed = actor.with_form(key="k1", version=None)
    first = rename(department, name="Selling", by=keyed)
    again = rename(department, name="Selling", by=keyed)
    assert first.pk == again.pk
    assert Entry.objects.count() == 1
    assert DoneAct.objects.count() == 1


def test_the_same_key_for_something_else_is_refused(department: Department, actor: Actor) -> None:
    keyed = actor.with_form(key="k1", version=None)
    rename(department, name="Selling", by=keyed)
    with pytest.raises(Refused):
        rename(department, name="Buying", by=keyed)
    assert Department.objects.get().name == "Selling"


def test_acts_within_acts_share_one_passage(department: Department, actor: Actor) -> None:
    rename_twice(department, first="One", second="Two", by=actor)
    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]
    assert Department.objects.get().name == "Two"


def test_an_inner_refusal_undoes_the_outer_act(department: Department, actor: Actor) -> None:
    with pytest.raises(Refused):
        rename_twice(department, first="One", second="", by=actor)
    assert Department.objects.get().name == "Sales"
    assert not Entry.objects.exists()


def test_a_fact_cannot_be_stated_outside_of_an_act(department: Department) -> None:
    with pytest.raises(RuntimeError):
        state(Renamed(about=department, old="a", new="b"))


def test_a_fact_about_the_wrong_unit_is_an_error(actor: Actor, department: Department) -> None:
    assert actor.person is not None
    with pytest.raises(RuntimeError):
        state(Renamed(about=actor.person, old="a", new="b"))
