"""The people, customers and suppliers of a simulated company: how many there are, and their ids and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from aftersign.cli.simulating import names
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.story import Desk, Someone
from aftersign.kernel.clock.ids import made_text
from aftersign.kernel.org.models import Department, Post

ORDERS_EACH = {
    "sales": 250,
    "project": 300,
    "customer_service": 500,
    "finance": 600,
    "procurement": 1000,
    "quality": 900,
    "records": 2500,
}
"""After how many orders a department needs one more person; departments that are not named here have two."""
ORDERS_A_CUSTOMER, ORDERS_A_SUPPLIER = 20, 1000
MANAGER = "general_manager"


def known_id(seed: int, name: str) -> str:
    """The id of something of the simulated company that has a name of its own."""
    chance = Random(f"{seed}/{name}")  # noqa: S311 (a simulation)
    return made_text(1_600_000_000_000, chance.getrandbits(74))


@dataclass(frozen=True)
class Staff:
    """Who there is for so many orders."""

    seed: int
    orders: int

    @classmethod
    def of(cls, plan: Plan) -> Staff:
        """That of a plan."""
        return cls(plan.seed, plan.staffed)

    def people(self, code: str) -> list[Someone]:
        """The people of a department, the first of whom heads it."""
        count = max(2, -(-self.orders // ORDERS_EACH[code])) if code in ORDERS_EACH else 2
        return [self._someone(f"{code}-{number:04d}") for number in range(1, count + 2)]

    @property
    def manager(self) -> Someone:
        """The general manager."""
        return self._someone("manager")

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return max(5, self.orders // ORDERS_A_CUSTOMER)

    @property
    def suppliers(self) -> int:
        """How many suppliers there are."""
        return max(5, self.orders // ORDERS_A_SUPPLIER)

    def customer(self, number: int) -> Someone:
        """The n-th customer."""
        return Someone(known_id(self.seed, f"customer/{number}"), names.firm(number))

    def supplier(self, number: int) -> str:
        """The id of the n-th supplier."""
        return known_id(self.seed, f"supplier/{number}")

    def _someone(self, account: str) -> Someone:
        chance = Random(f"{self.seed}/{account}")  # noqa: S311 (a simulation)
        return Someone(known_id(self.seed, account), names.person(chance.randrange(100_000)))


def desks_of(staff: Staff, departments: Mapping[str, Department]) -> dict[str, Desk]:
    """The departments with whoever heads them: the company's own head where there is one, else the first person."""
    found = {}
    for code, department in departments.items():
        head, *people = staff.people(code)
        own = department.head
        if own is not None:
            head = Someone(str(own.pk), own.name)
        found[code] = Desk(str(department.pk), head, tuple(people))
    return found


def manager_of(staff: Staff) -> Someone:
    """Whoever manages the company."""
    post: Any = Post.objects.filter(pk=MANAGER).select_related("holder").first()
    holder = post.holder if post else None
    return Someone(str(holder.pk), holder.name) if holder else staff.manager
