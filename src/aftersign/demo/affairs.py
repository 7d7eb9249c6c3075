"""What happens to people of the sample company meanwhile: told of the policy, somebody new, somebody who leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from aftersign.chapters.final import acts as final
from aftersign.chapters.final.queries import telling
from aftersign.chapters.general import acts
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.demo.cast import GIVEN_UP
from aftersign.demo.scenes import actor, team_with
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.org.queries import company, department_of_code, people
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.policy.editions import store

NEWCOMER, HANDED_TO_THEM = "heming", "智慧校园门禁"
Affair = tuple[int, float, Callable[[], None]]
SLOW = ("hanxue", "yuhuan")
AWAY_FOR = timedelta(days=9)


def told() -> None:
    """The policy owner tells everybody who has not been told of the policy."""
    if edition := store.current():
        final.tell_staff(edition, channel="全员会议，会后发系统通知", by=actor("guting"))


def confirmed(*but: str) -> None:
    """Everybody confirms what they have read, but for some who take longer."""
    for person in people().exclude(account__in=but):
        for version in telling.unread(person):
            final.acknowledge(person, version=version, by=Actor("person", person=person))


def newcomer() -> None:
    """A salesperson begins."""
    acts.list_person(
        company(),
        account=NEWCOMER,
        name="贺铭",
        department=department_of_code("sales"),
        title="销售专员",
        by=_administrator(),
    )
    Person.objects.filter(account=NEWCOMER).update(is_sample=True)


def first_order() -> None:
    """The head of the project department names the newcomer for the sale of an order."""
    order = Order.objects.get(title=HANDED_TO_THEM)
    orders.name_team(order, team=team_with(sales=NEWCOMER), by=actor("wangqiming"))


def away() -> None:
    """A project leader is away and names a colleague as deputy."""
    leader, today = actor("linxiaolan"), timezone.localtime(now()).date()
    deputy = Person.objects.get(account="dengkai")
    if leader.person:
        acts.name_deputy(leader.person, deputy=deputy, from_on=today, until=today + AWAY_FOR, by=leader)


def leaving() -> None:
    """The newcomer leaves again; everything of theirs goes to the salesperson who had it before."""
    person, successor = (Person.objects.get(account=each) for each in (NEWCOMER, "wumin"))
    today = timezone.localtime(now()).date()
    acts.record_leaving(person, left_on=today, successors=Successors(successor), by=_administrator())


def give_up() -> None:
    """The department that this company has not is closed."""
    department = Department.objects.get(code=GIVEN_UP)
    acts.close_department(department, reason="市场工作由销售部承担", by=_administrator())


AFFAIRS: tuple[Affair, ...] = (
    (193, 2.0, told),
    (191, 3.0, partial(confirmed, *SLOW)),
    (184, 1.0, confirmed),
    (179, 0.5, give_up),
    (20, 1.0, newcomer),
    (19, 2.0, told),
    (5, 0.5, first_order),
    (3, 0.25, away),
    (2, 6.0, leaving),
)
"""Working days ago, office hours into the day, and what happens then."""


def _administrator() -> Actor:
    """The administrator at their desk."""
    return Actor("person", person=Person.objects.filter(is_administrator=True).order_by("id")[0])
