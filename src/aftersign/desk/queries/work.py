"""What waits for somebody: their duties by when they are due, those of their department, and those they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import department_tree
from aftersign.orders.models import Order
from aftersign.policy.cards import Card, cards
from aftersign.policy.figures import Figure, figure_of
from aftersign.policy.models import UNFINISHED, Duty, DutyState

SHOWN, ORDERS = 50, 6
MINE, DEPARTMENT, OTHERS = "mine", "department", "others"
TABS = (MINE, DEPARTMENT, OTHERS)


@dataclass(frozen=True)
class Ends:
    """The moments that divide a list of duties: now, the end of this day, and the end of this week."""

    now: datetime
    today: datetime
    week: datetime

    @classmethod
    def here(cls) -> Ends:
        """Those of this moment here."""
        moment = timezone.localtime(now())
        day = moment.date()
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=moment.tzinfo)
        return cls(moment, end, end + timedelta(days=6 - day.weekday()))


@dataclass(frozen=True)
class Group:
    """Duties that are due alike; `name` is overdue, today, week, later or paused."""

    name: str
    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True)
class Work:
    """The page of one person."""

    tab: str
    groups: tuple[Group, ...]
    counts: dict[str, int]
    tabs: dict[str, int]
    figure: Figure
    orders: tuple[Order, ...]
    order_count: int
    rest: int


def work_of(actor: Actor, tab: str = "", size: int = SHOWN) -> Work:
    """What waits for a person, at most `size` duties of it; without a tab their own, else those of their department."""
    person, ends = _person(actor), Ends.here()
    lists = {MINE: mine(person), DEPARTMENT: of_department(person)}
    counts = _counts(_unfinished().filter(lists[MINE] | lists[DEPARTMENT]), lists, ends)
    lists[OTHERS] = of_others(person)
    counts |= _counts(_unfinished().filter(lists[OTHERS]), {OTHERS: Q()}, ends)
    if tab not in TABS:
        tab = MINE if any(counts[MINE].values()) or not any(counts[DEPARTMENT].values()) else DEPARTMENT
    shown = cards(_related(_unfinished().filter(lists[tab])).order_by("due_at", "id")[:size])
    orders, order_count = _first_orders(person)
    return Work(
        tab=tab,
        groups=tuple(_groups(shown, counts[tab], ends)),
        counts=counts[MINE],
        tabs={name: sum(counts[name].values()) for name in TABS},
        figure=figure_of(Duty.objects.filter(owner=person, due_at__gte=_quarter(ends.now), due_at__lte=ends.now)),
        orders=orders,
        order_count=order_count,
        rest=max(0, sum(counts[tab].values()) - size),
    )


def mine(person: Person) -> Q:
    """The duties that a person owes."""
    return Q(owner=person)


def of_department(person: Person) -> Q:
    """The duties of the person's department, or of those they head, that nobody has taken."""
    headed = {row.pk for row in department_tree().values() if row.head_id == person.pk}
    return Q(owner=None, owner_department__in=headed | {person.department_id} - {None})


def of_others(person: Person) -> Q:
    """The duties of others on the orders that the person sells or is named for."""
    return Q(order__in=my_orders(person).values("pk")) & (Q(owner=None) | ~Q(owner=person))


def my_orders(person: Person) -> QuerySet[Order]:
    """The running orders that a person sells, or is named for."""
    named = Q(team__person=person, team__is_named=True)
    ids = Order.objects.filter(Q(sales_owner=person) | named).values("pk")
    return Order.objects.filter(pk__in=ids).exclude(stage__in=("closed", "terminated"))


def _first_orders(person: Person) -> tuple[tuple[Order, ...], int]:
    """The orders signed last, and how many there are in all."""
    rows = my_orders(person).select_related("customer").annotate(all=Window(Count("pk")))
    found = tuple(rows.order_by("-signed_on", "-id")[:ORDERS])
    return found, found[0].all if found else 0


def waiting(actor: Actor) -> int:
    """How many duties wait for an actor: their own and those of their department that nobody has taken."""
    if actor.principal is None:
        return 0
    wanted = mine(actor.principal) | of_department(actor.principal)
    return Duty.objects.filter(wanted, state__in=(DutyState.OPEN, DutyState.BREACHED)).count()


def _person(actor: Actor) -> Person:
    if actor.principal is None:
        raise TypeError("only a person has a desk")
    return actor.principal


def _related(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return duties.select_related("order__customer", "owner__department", "owner_department__head")


def _unfinished() -> QuerySet[Duty]:
    return Duty.objects.filter(state__in=UNFINISHED)


def _counts(duties: QuerySet[Duty], lists: dict[str, Q], ends: Ends) -> dict[str, dict[str, int]]:
    """How many duties of each list are due when, with one query."""
    due = {
        "overdue": Q(due_at__lte=ends.now),
        "today": Q(due_at__gt=ends.now, due_at__lte=ends.today),
        "week": Q(due_at__gt=ends.today, due_at__lte=ends.week),
        "later": Q(due_at__gt=ends.week),
        "paused": Q(due_at=None),
    }
    asked = {f"{name}_{group}": own & when for name, own in lists.items() for group, when in due.items()}
    found = duties.aggregate(**{key: Count("pk", filter=wanted) for key, wanted in asked.items()})
    return {name: {group: found[f"{name}_{group}"] for group in due} for name in lists}


def _groups(shown: Iterable[Card], counts: dict[str, int], ends: Ends) -> Iterable[Group]:
    by_name: dict[str, list[Card]] = {name: [] for name in counts}
    for card in shown:
        by_name[_group(card.duty.due_at, ends)].append(card)
    return [Group(name, tuple(found), counts[name]) for name, found in by_name.items() if found]


def _group(due: datetime | None, ends: Ends) -> str:
    if due is None:
        return "paused"
    if due <= ends.now:
        return "overdue"
    return "today" if due <= ends.today else "week" if due <= ends.week else "later"


def _quarter(moment: datetime) -> datetime:
    first = (moment.month - 1) // 3 * 3 + 1
    return moment.replace(month=first, day=1, hour=0, minute=0, second=0, microsecond=0)
