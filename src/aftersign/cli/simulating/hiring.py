"""The company before its first simulated order: rooms, calendar, departments, people, customers and suppliers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from aftersign.cli.simulating.batch import Batch
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.staff import MANAGER, Staff, known_id
from aftersign.cli.simulating.story import Desk, Someone, Then, Told
from aftersign.desk.setup.founding import free_days
from aftersign.kernel.clock.zone import MINUTE
from aftersign.kernel.journal.pouring import Pouring
from aftersign.kernel.org.models import Department, Person, Post
from aftersign.orders.models import Contact, Customer
from aftersign.policy.engine import World
from aftersign.policy.rulebook import Rulebook

MANAGEMENT = "公司管理层"
TITLES = {"sales": "销售经理", "project": "项目经理", "finance": "会计", "records": "文档管理员"}


@dataclass
class Hiring:
    """Makes the facts of the company's beginning; their rows go into the batch that is written at the time.

    `at` is the moment of the beginning, in microseconds; `by` the operating account, `password` the hash under which
    everybody signs in, `!` for nobody. `updates` are changes of rows, to be made once all rows are there.
    """

    plan: Plan
    staff: Staff
    rulebook: Rulebook
    desks: Mapping[str, Desk]
    manager: Someone
    by: str
    at: int
    password: str
    into: Pouring
    batch: Batch = field(default_factory=Batch)
    updates: list[Callable[[], Any]] = field(default_factory=list)
    made: int = 0

    def facts(
        self, world: World, years: set[int], in_force_from: int, customer_number: Callable[[int], str]
    ) -> Iterator[Told]:
        """Everything that the company lacks."""
        yield from self._rooms(world, in_force_from)
        yield from self._calendars(years)
        yield from self._management()
        for code, desk in self.desks.items():
            yield from self._department(code, desk)
        for number in range(self.staff.customers):
            yield self._customer(number, customer_number(number))
        for number in range(self.staff.suppliers):
            yield self._told("suppliers.listed", "supplier", self.staff.supplier(number), {"category": "部件"})

    def _told(
        self,
        name: str,
        unit: str,
        unit_id: str,
        said: dict[str, Any],
        *,
        at: int | None = None,
        then: Then | None = None,
    ) -> Told:
        """The next fact of the set-up; `at` where it happened earlier."""
        self.made += 1
        entered = self.at + self.made // 60 * MINUTE // 4
        pk = known_id(self.plan.seed, f"founding/{self.made}")
        units = {unit: unit_id} if unit != "company" else {}
        moment = entered if at is None else at
        entered = max(entered, moment)
        return Told(pk, name, moment, entered, unit, unit_id, units, said, self.by, "setup", (), then)

    def _row(self, model: type[Model], **said: Any) -> Then:
        return lambda at: self.batch.add(model, said, self.into)

    def _rooms(self, world: World, in_force_from: int) -> Iterator[Told]:
        """All rooms of the rulebook count as installed since the policy took effect."""
        there = {each.room for each in world.installed}
        for room in self.rulebook.rooms:
            if room not in there:
                yield self._told("policy.room_installed", "company", COMPANY, {"room": room}, at=in_force_from)

    def _calendars(self, known: set[int]) -> Iterator[Told]:
        for year in range(self.plan.begin.year, self.plan.until.year + 3):
            if year not in known:
                off, on = ([day.isoformat() for day in days] for days in free_days(year))
                said = {"year": year, "holidays": off, "workdays": on}
                yield self._told("general.calendar_changed", "company", COMPANY, said)

    def _management(self) -> Iterator[Told]:
        """The department above all others, with the general manager."""
        top = known_id(self.plan.seed, "department/top")
        if self.manager.id != self.staff.manager.id:
            return
        row = self._row(Department, id=top, name=MANAGEMENT, works_on_orders=False)
        said = {"name": MANAGEMENT, "works_on_orders": False}
        yield self._told("general.department_listed", "department", top, said, then=row)
        yield self._person(self.manager, "sim-manager", top, "总经理")
        then = self._change(top, head_id=self.manager.id)
        yield self._told("general.department_changed", "department", top, {"head": self.manager.id}, then=then)
        for post in (MANAGER, "coordinator", "policy_owner"):
            yield self._post(post)

    def _post(self, post: str) -> Told:
        said = {"post": post, "holder": self.manager.id, "from_on": self.plan.begin.isoformat()}
        told = self._told("general.post_named", "company", COMPANY, said)
        told.units = {"person": self.manager.id}
        told.then = lambda at: self.updates.append(lambda: self._hold(post))
        return told

    def _hold(self, post: str) -> None:
        Post.objects.update_or_create(name=post, defaults={"holder_id": self.manager.id, "from_on": self.plan.begin})

    def _change(self, department: str, **said: Any) -> Then:
        rows = Department.objects.filter(pk=department)
        return lambda at: self.updates.append(lambda: rows.update(**said))

    def _department(self, code: str, desk: Desk) -> Iterator[Told]:
        head, *others = self.staff.people(code)
        people = [head, *others] if desk.head.id == head.id else others
        for number, someone in enumerate(people):
            title = "部门经理" if someone is head else TITLES.get(code, "专员")
            yield self._person(someone, f"sim-{code}-{number:04d}", desk.id, title)
        if desk.head.id == head.id:
            top = known_id(self.plan.seed, "department/top")
            said = {"head": head.id} | ({"above": top} if self.manager.id == self.staff.manager.id else {})
            then = self._change(desk.id, **{f"{key}_id": value for key, value in said.items()})
            yield self._told("general.department_changed", "department", desk.id, said, then=then)

    def _person(self, someone: Someone, account: str, department: str, title: str) -> Told:
        row = self._row(
            Person,
            id=someone.id,
            account=account,
            name=someone.name,
            department_id=department,
            title=title,
            password=self.password,
        )
        said = {"name": someone.name, "department": department, "language": "zh_hans"}
        return self._told("general.person_listed", "person", someone.id, said, then=row)

    def _customer(self, number: int, filed: str) -> Told:
        someone = self.staff.customer(number)
        contact = {"name": "客户信息中心主任", "role": "信息中心"}

        def then(at: int) -> None:
            self.batch.add(Customer, {"id": someone.id, "number": filed, "name": someone.name}, self.into)
            pk = known_id(self.plan.seed, f"contact/{number}")
            self.batch.add(Contact, {"id": pk, "customer_id": someone.id, **contact}, self.into)

        said = {"name": someone.name, "contacts": [contact]}
        return self._told("order.customer_listed", "customer", someone.id, said, then=then)


COMPANY = "00000000-0000-0000-0000-000000000001"
