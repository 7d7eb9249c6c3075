"""Whose duties stand in which list of somebody's desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import department_tree, departments_under, running_deputyships
from aftersign.kernel.shell.dates import today
from aftersign.orders.models import Order, TeamMember
from aftersign.policy.models import UNFINISHED, Duty

MINE, DEPARTMENT, BELOW, OTHERS, AWAY = "mine", "department", "below", "others", "away"
ENDED = ("closed", "terminated")


def lists_of(person: Person, moment: object) -> Mapping[str, QuerySet[Duty]]:
    """The unfinished duties of each list that the person has; `moment` decides what is overdue."""
    unfinished = Duty.objects.filter(state__in=UNFINISHED)
    found = {MINE: unfinished.filter(mine(person)), DEPARTMENT: unfinished.filter(of_department(person))}
    if below := departments_under(person):
        found[BELOW] = unfinished.filter(of_departments(below), due_at__lte=moment).exclude(owner=person)
    found[OTHERS] = unfinished.filter(of_others(person))
    if person.stands_in or person.is_stood_in_for:
        found[AWAY] = unfinished.filter(of_absent(person))
    return found


def mine(person: Person) -> Q:
    """The duties that a person owes."""
    return Q(owner=person)


def of_department(person: Person) -> Q:
    """The duties of the person's department, or of those they head, that nobody has taken."""
    return nobodys_in(departments_of(person))


def departments_of(person: Person) -> tuple[UUID, ...]:
    """Ids of the person's department and of those they head."""
    headed = {row.pk for row in department_tree().values() if row.head_id == person.pk}
    return tuple(sorted(headed | ({person.department_id} if person.department_id else set())))


def nobodys_in(departments: Iterable[UUID]) -> Q:
    """The duties of departments that nobody has taken."""
    return Q(owner=None, owner_department__in=departments)


def of_departments(departments: frozenset[UUID]) -> Q:
    """The duties of departments and of everybody who works in them."""
    people = Person.objects.filter(department__in=departments)
    return Q(owner_department__in=departments) | Q(owner__in=people.values("pk"))


def of_absent(person: Person) -> Q:
    """The duties of those for whom the person may act today."""
    return Q(owner__in=running_deputyships(today()).filter(deputy=person).values("person"))


def of_others(person: Person) -> Q:
    """The duties of others on the orders that the person sells or is named for."""
    return Q(order__in=my_orders(person).values("pk")) & (Q(owner=None) | ~Q(owner=person))


def my_orders(person: Person) -> QuerySet[Order]:
    """The running orders that a person sells, or is named for."""
    sold = Order.objects.filter(sales_owner=person).order_by().values("pk")
    named = TeamMember.objects.filter(person=person, is_named=True).order_by().values("order")
    return Order.objects.filter(pk__among=sold.union(named)).exclude(stage__in=ENDED)
