"""Departments: they never stand in a circle, and none is closed while anything stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.rules.departments import line_above, shortened
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import department_of_code
from aftersign.policy.standing import world


@pytest.fixture
def sales(company: Company) -> Department:
    found = department_of_code("sales")
    assert found is not None
    return found


@contextmanager
def refused(match: str) -> Iterator[None]:
    """Something is refused, and neither a department nor a fact is another."""
    before = (journal.company_end(), list(Department.objects.order_by("pk").values_list()))
    with pytest.raises(Refused, match=match):
        yield
    assert (journal.company_end(), list(Department.objects.order_by("pk").values_list())) == before


def test_a_department_gets_another_code_and_leaves_its_own(sales: Department, company: Company, admin: Actor) -> None:
    acts.close_department(department_of_code("marketing"), reason="并入销售部", by=admin)  # type: ignore[arg-type]
    acts.change_department(sales, code="marketing", by=admin)
    known, place = world()
    assert known.people.codes.at("marketing", place) == str(sales.pk)
    assert known.people.codes.at("sales", place) is None
    acts.list_department(company, name="新销售部", code="sales", by=admin)


def test_departments_do_not_go_round_in_a_circle(sales: Department, company: Company, admin: Actor) -> None:
    middle = acts.list_department(company, name="华东销售", above=sales, by=admin)
    lowest = acts.list_department(company, name="苏州销售", above=middle, by=admin)
    with refused("苏州销售"):
        acts.change_department(sales, above=lowest, by=admin)
    with refused("自己|itself|本身"):
        acts.change_department(middle, above=middle, by=admin)
    acts.change_department(lowest, above=sales, by=admin)
    acts.change_department(middle, above=lowest, by=admin)


def test_a_head_works_here(sales: Department, admin: Actor, clerk: Person) -> None:
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    with refused("周岩"):
        acts.change_department(sales, head=Person.objects.get(pk=clerk.pk), by=admin)


def test_a_department_is_closed_once_it_is_empty(sales: Department, company: Company, admin: Actor) -> None:
    below = acts.list_department(company, name="华东销售", above=sales, by=admin)
    person = acts.list_person(company, account="wumin", name="吴敏", department=sales, by=admin)
    with refused("吴敏") as _found:
        acts.close_department(sales, reason="重组", by=admin)
    finance = department_of_code("finance")
    acts.move_person(person, department=finance, by=admin)
    with refused("华东销售"):
        acts.close_department(sales, reason="重组", by=admin)
    acts.close_department(below, reason="重组", by=admin)
    with refused("理由"):
        acts.close_department(sales, reason=" ", by=admin)
    acts.close_department(sales, reason="重组", by=admin)
    assert department_of_code("sales") is None
    assert world()[0].people.codes.at("sales", world()[1]) is None
    with refused("撤销"):
        acts.close_department(sales, reason="重组", by=admin)
    with refused("撤销"):
        acts.change_department(sales, name="再来", by=admin)
    with refused("撤销"):
        acts.list_department(company, name="下级", above=Department.objects.get(pk=sales.pk), by=admin)


def test_everything_that_stands_in_the_way_is_told_at_once(sales: Department, company: Company, admin: Actor) -> None:
    acts.list_department(company, name="华东销售", above=sales, by=admin)
    for number in range(12):
        acts.list_person(company, account=f"s{number}", name=f"销售{number:02}", department=sales, by=admin)
    with pytest.raises(Refused) as found:
        acts.close_department(sales, reason="重组", by=admin)
    people, below = (each.sentence for each in found.value.refusals)
    assert "12" in people
    assert "销售09等" in people
    assert "销售10" not in people
    assert "华东销售" in below


def test_a_line_ends_where_it_began() -> None:
    first, second, third = (Department() for _number in range(3))
    above = {first.pk: second.pk, second.pk: third.pk, third.pk: first.pk}
    assert line_above(first.pk, above) == (first.pk, second.pk, third.pk)


def test_long_names_are_told_whole() -> None:
    assert shortened(["欧阳" * 30]) == "欧阳" * 30
