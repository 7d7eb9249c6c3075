"""A query that was put together once answers as one that is put together for each who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.org.prepared import KEPT, Prepared, counts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    """Six people in two departments and one without."""
    departments = [Department.objects.create(name=name) for name in ("甲", "乙")]
    return [
        Person.objects.create(account=f"p{n}", name=f"人 {n}", department=[*departments, None][n % 3], left_on=left)
        for n, left in enumerate((None, date(2026, 1, 2), None, None, date(2026, 5, 6), None))
    ]


def of_departments(departments: tuple[UUID, ...], account: str) -> QuerySet[Person]:
    return Person.objects.filter(Q(department__in=departments) | Q(account=account)).order_by("account")


def in_department(department: UUID | None) -> QuerySet[Person]:
    return Person.objects.filter(department=department).annotate(of=F("department__name")).order_by("account")


def left(departments: tuple[UUID, ...]) -> QuerySet[Any]:
    found = Person.objects.filter(department__in=departments).values_list("department")
    return found.annotate(last=Max("left_on"), n=Count("pk")).order_by("department")


def test_it_answers_for_whoever_is_asked_about(people: list[Person]) -> None:
    prepared = Prepared(of_departments)
    one, two = people[0].department_id, people[1].department_id
    for asked in (((one,), "p2"), ((two,), "p2"), ((two,), "p5"), ((one, two), "p2"), ((), "p2"), ((), "nobody")):
        assert prepared.rows(*asked) == list(of_departments(*asked))
        assert counts_of([prepared.asked(*asked)]) == [of_departments(*asked).count()]


def test_rows_are_whole_and_know_what_was_asked_besides(people: list[Person]) -> None:
    prepared = Prepared(in_department)
    for department in (people[0].department_id, people[1].department_id, None, people[0].department_id):
        found, wanted = prepared.rows(department), list(in_department(department))
        assert [vars(each).keys() for each in found] == [vars(each).keys() for each in wanted]
        assert [(each.pk, each.left_on, each.of) for each in found] == [
            (p.pk, p.left_on, vars(p)["of"]) for p in wanted
        ]


@pytest.mark.parametrize("ask", [lambda some: some[:1], lambda some: some, lambda some: some[1:], lambda some: ()])
def test_values_have_the_kinds_of_their_fields(people: list[Person], ask: Callable[[Any], Any]) -> None:
    prepared, departments = Prepared(left), tuple({each.department_id for each in people if each.department_id})
    for _time in range(2):
        assert prepared.rows(ask(departments)) == list(left(ask(departments)))


def test_nothing_can_be_found_among_no_ids(people: list[Person]) -> None:
    prepared = Prepared(lambda ids: Person.objects.filter(pk__in=ids))
    with CaptureQueriesContext(connection) as asked:
        assert (prepared.rows(()), counts_of([prepared.asked(()), None])) == ([], [0, 0])
    assert len(asked) == 0
    assert prepared.rows((people[3].pk,)) == [people[3]]
    assert prepared.rows((new_id(),)) == []


def test_a_bound_counts(people: list[Person]) -> None:
    prepared = Prepared(lambda _of: Person.objects.order_by().values("pk")[:4])
    assert counts_of([prepared.asked(people[0].pk)]) == [4]


def test_several_are_counted_by_one_query_in_their_order(people: list[Person]) -> None:
    named = Prepared(lambda _of, name: Person.objects.filter(name=name).order_by().values("pk"))
    some = [named.asked(people[0].pk, "人 1"), None, Prepared(left).asked(()), named.asked(people[0].pk, "nobody")]
    everybody = Prepared(lambda _of: Person.objects.order_by().values("pk")).asked(people[0].pk)
    with CaptureQueriesContext(connection) as asked:
        assert counts_of([*some, everybody]) == [1, 0, 0, 0, Person.objects.count()]
    assert len(asked) == 2, "the last is of this test"


def test_it_is_put_together_once_for_each_form_and_does_not_grow_for_ever(people: list[Person]) -> None:
    built: list[str] = []

    def build(person: UUID, word: str) -> QuerySet[Person]:
        built.append(word)
        return Person.objects.filter(pk=person, name__contains=word)

    prepared = Prepared(build)
    for each in people:
        assert prepared.rows(each.pk, "人") == [each]
    assert built == ["人"]
    for number in range(KEPT + 1):
        prepared.asked(people[0].pk, f"{number}")
    assert len(prepared._made) <= KEPT
