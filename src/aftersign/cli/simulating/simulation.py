"""A simulation from its plan to the last order, going on where an earlier run was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from aftersign.cli.simulating.crew import Crew, Errand
from aftersign.cli.simulating.founding import settle
from aftersign.cli.simulating.ground import ground_of
from aftersign.cli.simulating.office import DAY
from aftersign.cli.simulating.opening import Opening, opening
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.staff import Staff
from aftersign.cli.simulating.story import Ground
from aftersign.cli.simulating.telling import Numbered
from aftersign.cli.simulating.writing import write
from aftersign.kernel.journal.pouring import pouring
from aftersign.kernel.numbers.models import Counter
from aftersign.policy.moments import moment

BATCH = 60
"""Orders a transaction: some four thousand facts."""


@dataclass
class Numbering:
    """Numbers of documents given out ahead of writing: the last by prefix and year, and what a batch has taken."""

    last: dict[tuple[str, int], int] = field(default_factory=dict)
    taken: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def next(self, prefix: str, year: int) -> str:
        """The next number."""
        key = prefix, year
        if key not in self.last:
            counter = Counter.objects.filter(prefix=prefix, year=year).first()
            self.last[key] = counter.last if counter else 0
        before = self.last[key]
        self.last[key] = before + 1
        self.taken[key] = (self.taken[key][0] if key in self.taken else before, before + 1)
        return f"{prefix}-{year}-{before + 1:04d}"


def simulate(plan: Plan, orders: int, crew: Crew, password: str, told: Callable[[int], None]) -> int:
    """Bring a plan to so many orders, and answer with how many were made; `told` hears of each batch.

    Every batch is one transaction. Raises `Interfered` or `NoGround`; what was written by then stays.
    """
    into = pouring()
    if not plan.is_settled:
        settle(plan, into, password)
    staff, made = Staff.of(plan), 0
    ground = ground_of(plan, staff)
    taken: list[dict[tuple[str, int], tuple[int, int]]] = []
    errands = _errands(plan, min(orders, plan.upto), ground, staff, taken)
    for number, batch in enumerate(crew.tell(errands)):
        write(batch, taken[number], into)
        made += batch.orders
        told(made)
    return made


def _errands(
    plan: Plan, upto: int, ground: Ground, staff: Staff, taken: list[dict[tuple[str, int], tuple[int, int]]]
) -> Iterator[Errand]:
    """What is to be told, batch by batch; `taken` learns which numbers each has."""
    numbering = Numbering()
    for start in range(plan.orders, upto, BATCH):
        end = min(start + BATCH, upto)
        numbering.taken = {}
        orders = [_numbered(plan, number, ground, staff, numbering) for number in range(start, end)]
        taken.append(numbering.taken)
        yield plan, plan.request("orders", end), orders


def _numbered(plan: Plan, number: int, ground: Ground, staff: Staff, numbering: Numbering) -> Numbered:
    """The n-th order with the numbers of its documents; one has none whose form is not submitted before the end."""
    office = ground.office
    last = office.begin_of(plan.until.toordinal())
    begins = opening(plan.seed, number, (number - plan.first, plan.upto - plan.first), (float(DAY), last))
    customer = staff.customer(int(staff.customers * begins.customer))
    year = date.fromordinal(office.day(begins.signed)).year
    filed = numbering.next("SO", year)
    return Numbered(begins, filed, _handover(begins, ground, numbering), customer.name, customer.id)


def _handover(begins: Opening, ground: Ground, numbering: Numbering) -> str:
    if begins.submitted is None or (at := ground.office.moment(begins.submitted)) >= ground.end:
        return ""
    return numbering.next("HO", moment(at).year)
