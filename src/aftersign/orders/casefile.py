"""The case file of an order: what stands above every tab, and what its first tab shows of the order itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from django.utils.functional import cached_property

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.org.models import Person
from aftersign.kernel.seal.models import SealedForm
from aftersign.kernel.seal.queries import sealed_of_order, title_of
from aftersign.kernel.shell.dates import today
from aftersign.kernel.units import words
from aftersign.orders import states
from aftersign.orders.models import HaltRequest, Order, Paper, TeamMember
from aftersign.orders.queries.activity import Happening, happenings
from aftersign.orders.queries.halts import halts_of, standing
from aftersign.orders.queries.people import team_of
from aftersign.orders.rules import SALES
from aftersign.orders.tabs import Shown, tabs_of
from aftersign.orders.unit import visible_orders

RECENT = 6


@dataclass(frozen=True)
class Seat:
    """A post of the order and who holds it; nobody yet, when `person` is None."""

    post: str
    person: Person | None
    deputy: Person | None
    is_named: bool


def get_for(actor: Actor, number: str) -> Order:
    """An order by number, with its customer and sales owner; raises `Http404` when it may not be seen."""
    return load(visible_orders(actor).select_related("customer", "sales_owner__department"), number=number)


@dataclass
class CaseFile:
    """The case file as somebody opens it at a tab; every part is read when a page shows it."""

    order: Order
    actor: Actor
    tab: str

    @cached_property
    def tabs(self) -> list[Shown]:
        """The tabs with their counts."""
        return tabs_of(self.order, self.actor, self.tab)

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages of the policy in their order."""
        return tuple(words.members("stages"))

    @property
    def is_beside(self) -> bool:
        """Whether the order stands beside the way of the stages: suspended, terminated or under warranty."""
        return bool(self.order.stage) and self.order.stage not in self.stages

    @cached_property
    def halts(self) -> list[HaltRequest]:
        """What has been asked for, and by what request the order stands still or has ended."""
        return halts_of(self.order)

    @property
    def halt(self) -> HaltRequest | None:
        """The request by which the order stands still or has ended."""
        return standing(self.order, self.halts)

    @property
    def asked(self) -> list[HaltRequest]:
        """The requests that wait for approval."""
        return [each for each in self.halts if each.state == states.ASKED]

    @cached_property
    def seats(self) -> list[Seat]:
        """The posts of the order in the policy's order, with sales in front."""
        rows = {row.post: row for row in team_of(self.order)}
        posts = dict.fromkeys((SALES, *words.members("order_posts"), *rows))
        return [self._seat(post, rows.get(post)) for post in posts]

    def _seat(self, post: str, row: TeamMember | None) -> Seat:
        if post == SALES:
            return Seat(post, self.order.sales_owner, row.deputy if row else None, is_named=True)
        return Seat(post, row.person if row else None, row.deputy if row else None, bool(row and row.is_named))

    @property
    def people(self) -> list[Person]:
        """Whoever holds a post, each once."""
        return list(dict.fromkeys(seat.person for seat in self.seats if seat.person))

    @cached_property
    def papers(self) -> list[Paper]:
        """The papers that are not void, and the statements that there is none."""
        return list(self.order.papers.filter(voided_at=None).select_related("stated_by"))

    @cached_property
    def made(self) -> list[tuple[str, SealedForm]]:
        """What the house itself has made of the order and sealed, with what it is called."""
        return [(title_of(each), each) for each in sealed_of_order(self.order.pk)]

    @cached_property
    def recent(self) -> list[tuple[Happening, int]]:
        """What happened last; the same fact of the same moment stands there once, with how often."""
        found, _more = happenings(self.order, self.actor, size=RECENT * 4, known=self.people)
        alike = groupby(found, key=lambda each: (each.fact, each.who, each.at, each.clause))
        rows = ((list(group)) for _key, group in alike)
        return [(group[0], len(group)) for group in islice(rows, RECENT)]

    @cached_property
    def days_left(self) -> int | None:
        """Days until delivery by contract, negative when it has passed; None when it is not said or over."""
        delivery: date | None = self.order.delivery_on
        if delivery is None or self.order.stage in ("completed", "closed", "terminated", "warranty"):
            return None
        return (delivery - today()).days
