"""One person as everybody may read of them: posts, departments, deputies, duties, orders, and what was done to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.deputies import deputyships, today
from aftersign.chapters.general.queries.leaving import OVER
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import eras
from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.orders.models import Order, TeamMember
from aftersign.orders.rules import SALES
from aftersign.orders.unit import visible_orders
from aftersign.policy.models import UNFINISHED, Duty

ORDERS = 30


@dataclass(frozen=True)
class Owed:
    """Unfinished duties of one clause: how many, and when the first is due (None: all paused)."""

    clause: str
    number: int
    due: datetime | None


@dataclass(frozen=True)
class Served:
    """An order with the posts that a person holds on it, and those in which they only stand in."""

    order: Order
    posts: tuple[str, ...]
    stands_in: tuple[str, ...]


@dataclass(frozen=True)
class PersonPage:
    """What the page of a person shows."""

    person: Person
    posts: tuple[Post, ...]
    headed: tuple[Department, ...]
    deputies: tuple[Deputyship, ...]
    stands_in_for: tuple[Deputyship, ...]
    duties: tuple[Owed, ...]
    orders: tuple[Served, ...]
    more_orders: int
    day: date

    @property
    def owed(self) -> int:
        """How many duties are unfinished."""
        return sum(each.number for each in self.duties)

    @property
    def acting(self) -> tuple[Deputyship, ...]:
        """The deputyships under which somebody acts for the person today."""
        return tuple(each for each in self.deputies if each.from_on <= self.day)


def person_page(actor: Actor, person: Person) -> PersonPage:
    """A person as everybody may read of them: duties by number alone, orders those that the actor sees."""
    named = deputyships().filter(Q(person=person) | Q(deputy=person))
    orders, more = _served(actor, person)
    return PersonPage(
        person=person,
        posts=tuple(Post.objects.filter(holder=person).order_by("name")),
        headed=tuple(Department.objects.filter(head=person, closed_on=None).order_by("name")),
        deputies=tuple(each for each in named if each.person_id == person.pk),
        stands_in_for=tuple(each for each in named if each.deputy_id == person.pk),
        duties=_owed(person),
        orders=orders,
        more_orders=more,
        day=today(),
    )


def _owed(person: Person) -> tuple[Owed, ...]:
    found = Duty.objects.filter(owner=person, state__in=UNFINISHED)
    rows = found.order_by().values_list("clause").annotate(number=Count("pk"), due=Min("due_at"))
    return tuple(sorted((Owed(*row) for row in rows), key=lambda each: (each.due is None, each.due, each.clause)))


def _served(actor: Actor, person: Person) -> tuple[tuple[Served, ...], int]:
    """Running orders on which a person holds a post, stands in, or sells, those signed last in front."""
    team = TeamMember.objects.filter(Q(person=person) | Q(deputy=person))
    concerned = Q(pk__in=team.values("order")) | Q(sales_owner=person)
    found = visible_orders(actor).filter(concerned).exclude(stage__in=OVER)
    rows = list(found.select_related("customer").order_by("-signed_on", "-id")[: ORDERS + 1])
    seats: dict[object, list[TeamMember]] = {}
    for row in team.filter(order__in=[order.pk for order in rows]):
        seats.setdefault(row.order_id, []).append(row)
    more = found.count() - ORDERS if len(rows) > ORDERS else 0
    return tuple(_seated(order, person, seats.get(order.pk, [])) for order in rows[:ORDERS]), more


def _seated(order: Order, person: Person, seats: list[TeamMember]) -> Served:
    posts = [SALES] if order.sales_owner_id == person.pk else []
    posts += [row.post for row in seats if row.person_id == person.pk and row.post not in posts]
    stands_in = [row.post for row in seats if row.deputy_id == person.pk]
    return Served(order, tuple(posts), tuple(stands_in))


def states_of(person: Person, deputy: str = "") -> tuple[tuple[str, str], ...]:
    """How somebody stands, as tone and word: gone, closed or away, and what their account may do."""
    found: list[tuple[str, str]] = []
    if person.left_on is not None:
        found.append(("na", _("left on %(day)s") % {"day": eras.written(person.left_on)}))
    elif not person.is_active:
        found.append(("warn", _("account closed")))
    if deputy:
        found.append(("wait", _("%(name)s acts for them") % {"name": deputy}))
    if person.is_administrator:
        found.append(("info", _("administrator")))
    if person.is_auditor:
        found.append(("info", _("auditor")))
    return tuple(found)
