"""People, departments, posts and the calendar: each act writes its row and its fact, and a refused one neither."""

from datetime import date
from uuid import uuid4

import pytest

from aftersign.chapters.general import acts
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import Company, Department, Person, Post
from aftersign.kernel.org.queries import department_of_code
from aftersign.policy.moments import count
from aftersign.policy.standing import world


@pytest.fixture
def setup(company: Company) -> Actor:
    """The operating account."""
    return operating("setup")


def last(name: str) -> Recorded:
    """The last fact of a name."""
    found = journal.latest(None, name)
    assert found is not None, name
    return found


def head() -> int:
    """How far the journal has come."""
    return journal.company_end()[0]


def test_a_department_is_listed_with_its_fact(company: Company, setup: Actor) -> None:
    above = department_of_code("sales")
    department = acts.list_department(company, name=" 华东销售 ", above=above, works_on_orders=False, by=setup)
    fact = last("general.department_listed")
    assert (fact.unit_id, fact.order_id, fact.actor_kind) == (str(department.pk), None, "setup")
    assert fact.payload["name"] == "华东销售"
    assert fact.payload["above"] == str(above.pk if above else "")
    assert fact.payload["works_on_orders"] is False


def test_a_code_belongs_to_one_department(company: Company, setup: Actor) -> None:
    before, rows = head(), Department.objects.count()
    with pytest.raises(Refused, match="sales"):
        acts.list_department(company, name="另一个销售部", code="sales", by=setup)
    assert (head(), Department.objects.count()) == (before, rows)


def test_a_new_head_is_known_to_the_policy(company: Company, setup: Actor) -> None:
    sales = department_of_code("sales")
    assert sales is not None
    person = acts.list_person(company, account="Wumin", name="吴敏", department=sales, by=setup)
    acts.change_department(sales, head=person, by=setup)
    known, sequence = world()
    assert known.people.departments.at(str(sales.pk), sequence)["head"] == str(person.pk)
    assert known.people.works_in.at(str(person.pk), sequence) == str(sales.pk)
    assert last("general.person_listed").payload == {"name": "吴敏", "department": str(sales.pk), "language": "zh_hans"}
    assert person.account == "wumin"
    assert not person.has_usable_password()


def test_who_read_how_far_the_company_is_before_it_went_on_throws_nothing_away(company: Company, setup: Actor) -> None:
    before = journal.company_end()
    acts.list_department(company, name="北方销售", by=setup)
    known, sequence = world()
    assert sequence > before[0]
    found, place = world(before)
    assert (found is known, place) == (True, sequence), "another thread has led it on"
    assert world(journal.company_end())[0] is known


def test_a_department_never_stands_above_itself(company: Company, setup: Actor) -> None:
    sales, before = department_of_code("sales"), head()
    assert sales is not None
    with pytest.raises(Refused):
        acts.change_department(sales, above=sales, by=setup)
    assert head() == before
    assert Department.objects.get(pk=sales.pk).above is None


def test_an_account_is_taken_whatever_its_letters(company: Company, setup: Actor) -> None:
    acts.list_person(company, account="hejing", name="何静", by=setup)
    before, rows = head(), Person.objects.count()
    with pytest.raises(Refused, match="HeJing"):
        acts.list_person(company, account="HeJing", name="贺静", by=setup)
    assert (head(), Person.objects.count()) == (before, rows)


def test_somebody_moves_with_one_fact_and_only_what_changed(company: Company, setup: Actor) -> None:
    finance, records = department_of_code("finance"), department_of_code("records")
    person = acts.list_person(company, account="sunqian", name="孙倩", department=finance, by=setup)
    acts.move_person(person, department=records, by=setup)
    assert last("general.person_moved").payload == {"department": str(records.pk if records else "")}
    before = head()
    acts.move_person(person, department=records, by=setup)
    assert head() == before


def test_a_post_is_held_by_who_works_here(company: Company, setup: Actor) -> None:
    person = acts.list_person(company, account="chenli", name="陈立", by=setup)
    acts.name_post(company, post="general_manager", holder=person, from_on=date(2026, 11, 23), by=setup)
    fact = last("general.post_named")
    assert Post.objects.get(pk="general_manager").holder == person
    assert fact.payload == {"post": "general_manager", "holder": str(person.pk), "from_on": "2026-11-23"}
    assert fact.units["person"] == str(person.pk)
    Person.objects.filter(pk=person.pk).update(left_on=date(2026, 11, 24))
    before = head()
    with pytest.raises(Refused, match="陈立"):
        acts.name_post(
            company, post="coordinator", holder=Person.objects.get(pk=person.pk), from_on=date(2026, 11, 24), by=setup
        )
    assert head() == before


def test_due_times_follow_the_calendar(company: Company, setup: Actor) -> None:
    wednesday, saturday = date(2031, 5, 7), date(2031, 5, 10)
    acts.change_calendar(company, year=2031, holidays=[wednesday], workdays=[saturday], by=setup)
    calendar = world()[0].calendar()
    assert not calendar.is_working(wednesday.toordinal())
    assert calendar.is_working(saturday.toordinal())
    assert last("general.calendar_changed").payload["holidays"] == ["2031-05-07"]


@pytest.mark.parametrize(
    ("holidays", "workdays"),
    [([date(2032, 1, 1)], []), ([date(2031, 1, 1)], [date(2031, 1, 1)])],
    ids=["another year", "both at once"],
)
def test_days_that_cannot_be_are_refused(
    company: Company, setup: Actor, holidays: list[date], workdays: list[date]
) -> None:
    before = head()
    with pytest.raises(Refused):
        acts.change_calendar(company, year=2031, holidays=holidays, workdays=workdays, by=setup)
    assert head() == before


def test_only_administrators_keep_people(company: Company, setup: Actor) -> None:
    clerk = acts.list_person(company, account="zhouyan", name="周岩", by=setup)
    admin = acts.list_person(company, account="guanli", name="管理", is_administrator=True, by=setup)
    before = head()
    with pytest.raises(Forbidden):
        acts.list_person(company, account="x", name="某人", by=Actor("person", person=clerk))
    assert head() == before
    listed = acts.list_person(company, account="y", name="某人", by=Actor("person", person=admin, key=str(uuid4())))
    fact = last("general.person_listed")
    assert (fact.actor_kind, fact.actor_id, fact.unit_id) == ("person", admin.pk, str(listed.pk))
    assert count(fact.at) == count(fact.entered)
