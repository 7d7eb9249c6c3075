"""Deputies: named for days, by whom it concerns, never in a circle; the policy knows them as the pages do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersign.chapters.general import acts, queries
from aftersign.chapters.general.rules.deputies import Span, closes_a_circle
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.clock import frozen, new_id, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Department, Deputyship, Person
from aftersign.kernel.org.queries import department_of_code
from aftersign.policy.standing import world

WEEK = timedelta(days=7)
NOBODY = 5
"""How many people the drawn circles are made of."""


@contextmanager
def refused(match: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Something is refused, and there are as many deputyships and facts as before."""
    before = (journal.company_end(), list(Deputyship.objects.order_by("pk").values_list()))
    with pytest.raises(kind, match=match):
        yield
    assert (journal.company_end(), list(Deputyship.objects.order_by("pk").values_list())) == before


@pytest.fixture
def today(company: Company) -> Iterator[date]:
    """The present day, which does not end meanwhile."""
    with frozen(now()):
        yield queries.today()


@pytest.fixture
def people(company: Company, admin: Actor) -> dict[str, Person]:
    """Four of the sales department, the first its head."""
    sales = department_of_code("sales")
    assert sales is not None
    made = {
        name: acts.list_person(company, account=name, name=name.upper(), department=sales, by=admin)
        for name in ("ann", "bob", "cai", "dai")
    }
    acts.change_department(sales, head=made["ann"], by=admin)
    return made


def name(person: Person, deputy: Person, begin: date, days: int = 7, by: Person | None = None) -> Person:
    """Name a deputy in one's own name, unless somebody else does."""
    own = Actor("person", person=Person.objects.select_related("department").get(pk=(by or person).pk))
    return acts.name_deputy(person, deputy=deputy, from_on=begin, until=begin + timedelta(days=days), by=own)


def known(person: Person, day: date) -> set[str]:
    """Whom the policy takes for deputies of a person on a day."""
    company, place = world()
    return set(company.people.deputies(str(person.pk), place, day.isoformat()))


def test_a_person_names_their_own(people: dict[str, Person], today: date) -> None:
    name(people["bob"], people["cai"], today)
    fact = journal.latest(None, "general.deputy_named")
    assert fact is not None
    until = (today + WEEK).isoformat()
    assert fact.payload == {"deputy": str(people["cai"].pk), "from_on": today.isoformat(), "until": until}
    assert (fact.unit_id, fact.actor_id) == (str(people["bob"].pk), people["bob"].pk)
    assert known(people["bob"], today) == known(people["bob"], today + WEEK) == {str(people["cai"].pk)}
    assert known(people["bob"], today + WEEK + timedelta(days=1)) == set()


def test_a_head_and_an_administrator_name_for_somebody_ill(
    people: dict[str, Person], today: date, admin: Actor
) -> None:
    name(people["bob"], people["cai"], today, by=people["ann"])
    acts.name_deputy(people["dai"], deputy=people["cai"], from_on=today, until=today, by=admin)
    with refused("权", Forbidden):
        name(people["bob"], people["dai"], today, by=people["cai"])


def test_a_head_stands_in_but_nobody_else_makes_themselves_a_deputy(
    people: dict[str, Person], today: date, admin: Actor
) -> None:
    name(people["bob"], people["ann"], today, by=people["ann"])
    assert admin.person is not None
    with refused("自己"):
        acts.name_deputy(people["cai"], deputy=admin.person, from_on=today, until=today, by=admin)
    deputy = Actor("person", person=people["dai"], on_behalf_of=admin.person)
    with refused("自己"):
        acts.name_deputy(people["cai"], deputy=people["dai"], from_on=today, until=today, by=deputy)


def test_a_deputy_does_not_pass_it_on(people: dict[str, Person], today: date) -> None:
    name(people["bob"], people["cai"], today)
    deputy = Actor("person", person=people["cai"], on_behalf_of=people["bob"])
    with refused("转委托"):
        acts.name_deputy(people["bob"], deputy=people["dai"], from_on=today, until=today, by=deputy)
    name(people["bob"], people["dai"], today)
    with refused("转委托"):
        acts.end_deputy(people["bob"], deputy=people["dai"], by=deputy)
    acts.end_deputy(people["bob"], deputy=people["cai"], by=deputy)


@pytest.mark.parametrize(
    ("begin", "days", "said"), [(-1, 3, "今天"), (0, -1, "早于"), (0, 400, "一年"), (0, 367, "一年")]
)
def test_days_that_cannot_be(people: dict[str, Person], today: date, begin: int, days: int, said: str) -> None:
    with refused(said):
        name(people["bob"], people["cai"], today + timedelta(days=begin), days)


@pytest.mark.parametrize("why", ["themselves", "left", "disabled", "auditor"])
def test_who_cannot_be_a_deputy(people: dict[str, Person], today: date, why: str) -> None:
    deputy = people["bob"] if why == "themselves" else people["cai"]
    changes: dict[str, dict[str, Any]] = {
        "left": {"left_on": today},
        "disabled": {"is_active": False},
        "auditor": {"is_auditor": True},
    }
    Person.objects.filter(pk=deputy.pk).update(**changes.get(why, {"title": ""}))
    with refused("本人" if why == "themselves" else "CAI"):
        name(people["bob"], Person.objects.get(pk=deputy.pk), today)


def test_nobody_stands_in_for_whoever_stands_in_for_them(people: dict[str, Person], today: date) -> None:
    name(people["bob"], people["cai"], today)
    name(people["cai"], people["dai"], today)
    with refused("互为代理"):
        name(people["dai"], people["bob"], today + WEEK)
    name(people["dai"], people["bob"], today + WEEK + timedelta(days=1))


def test_the_same_days_are_named_once(people: dict[str, Person], today: date) -> None:
    name(people["bob"], people["cai"], today)
    with refused("请先结束"):
        name(people["bob"], people["cai"], today + WEEK)
    name(people["bob"], people["dai"], today)
    name(people["bob"], people["cai"], today + 2 * WEEK)


def test_an_end_ends_all_that_was_named_before(people: dict[str, Person], today: date) -> None:
    name(people["bob"], people["cai"], today)
    name(people["bob"], people["cai"], today + 2 * WEEK)
    own = Actor("person", person=people["bob"])
    acts.end_deputy(people["bob"], deputy=people["cai"], by=own)
    assert known(people["bob"], today) == known(people["bob"], today + 2 * WEEK) == set()
    assert not queries.deputyships().exists()
    with refused("没有代理"):
        acts.end_deputy(people["bob"], deputy=people["cai"], by=own)
    name(people["bob"], people["cai"], today)
    assert known(people["bob"], today) == {str(people["cai"].pk)}


def test_somebody_without_a_department_has_no_head(company: Company, admin: Actor, today: date) -> None:
    single = acts.list_person(company, account="single", name="独行", by=admin)
    other = acts.list_person(company, account="other", name="旁人", by=admin)
    assert Department.objects.filter(head=None).exists()
    with refused("权", Forbidden):
        name(single, other, today, by=other)


IDS = [new_id() for _number in range(NOBODY)]
DAYS = st.integers(0, 6).map(lambda number: date(2026, 9, 7) + timedelta(days=number))
spans = st.builds(
    lambda pair, days: Span(pair[0], pair[1], min(days), max(days)),
    st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True),
    st.tuples(DAYS, DAYS),
)


def goes_round(all_spans: list[Span], day: date) -> bool:
    """Whether on a day somebody stands in for themselves; looked up person by person."""
    ways = {(each.person, each.deputy) for each in all_spans if each.from_on <= day <= each.until}
    reached = {who: {two for one, two in ways if one == who} for who in IDS}
    for _round in IDS:
        reached = {who: found.union(*(reached[each] for each in found)) for who, found in reached.items()}
    return any(who in found for who, found in reached.items())


@given(st.lists(spans, max_size=8), spans)
def test_a_circle_is_one_on_some_day(before: list[Span], fresh: Span) -> None:
    taken: list[Span] = []
    for each in before:
        if not closes_a_circle(taken, each):
            taken.append(each)
    days = [date(2026, 9, 7) + timedelta(days=number) for number in range(7)]
    assert not any(goes_round(taken, day) for day in days)
    assert closes_a_circle(taken, fresh) == any(goes_round([*taken, fresh], day) for day in days)
