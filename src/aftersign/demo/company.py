"""The sample company made anew: its people, and months of orders lived through in the order in which they happened."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from aftersign.chapters.general.acts import change_department, count_refusals, list_department, list_person, name_post
from aftersign.demo import hours, inboxes, scenes
from aftersign.demo.affairs import AFFAIRS, Affair
from aftersign.demo.cast import CAST, MANAGEMENT, STAFF, TEAM, Member
from aftersign.demo.plots import PLOTS
from aftersign.demo.script import Plot
from aftersign.demo.verbs import SCENES
from aftersign.kernel.access.actor import CLOCK, Actor, operating
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import company, department_of_code
from aftersign.orders.models import DefaultMember, Order
from aftersign.policy.standing import world
from aftersign.policy.steps import next_moment, run_due

FIRST_DAY = 195
"""Working days ago, holidays not counted, on which the sample company begins to work with its policy: nine months."""
TOLD, LATELY = 45, 8
"""Days for which people are told of anything, and those in which they are told as it happens, not once a day."""


@dataclass
class Thread:
    """One order on its way through its plot."""

    plot: Plot
    number: int
    day: int
    step: int = 0
    order: Order | None = None


def people(password: str) -> None:
    """List departments' heads, people and posts; all sign in with one password, as long as the database is marked."""
    house, by = company(), operating("setup")
    marks.put(marks.DEMO, now())
    top = list_department(house, name=MANAGEMENT, works_on_orders=False, by=by)
    _list(house, CAST, top, make_password(password), by)
    heads = {member.heads: Person.objects.get(account=member.account) for member in CAST if member.heads}
    for department in Department.objects.exclude(pk=top.pk).order_by("code"):
        change_department(department, head=heads.get(department.code), above=top, by=by)
    change_department(top, head=Person.objects.get(account="chenli"), by=by)
    for kind in ("project", "service", "sales", "rental", "maintenance", "call_off", "other"):
        for post, (one, two) in TEAM.items():
            deputy = Person.objects.get(account=two) if two else None
            DefaultMember.objects.create(kind=kind, post=post, person=Person.objects.get(account=one), deputy=deputy)


def staff(password: str) -> None:
    """List everybody else."""
    house, by = company(), operating("setup")
    top = Department.objects.get(name=MANAGEMENT)
    _list(house, STAFF, top, make_password(password), by)
    for member in STAFF:
        if member.heads and (department := department_of_code(member.heads)):
            change_department(department, head=Person.objects.get(account=member.account), by=by)


def _list(house: Company, members: Iterable[Member], top: Department, secret: str, by: Actor) -> None:
    for member in members:
        person = list_person(
            house,
            account=member.account,
            name=member.name,
            department=department_of_code(member.department) or top,
            title=member.title,
            is_auditor=member.is_auditor,
            by=by,
        )
        person.is_sample, person.password = True, secret
        person.save(update_fields=["is_sample", "password"])
        if member.post:
            name_post(house, post=member.post, holder=person, from_on=now().date(), by=by)


def first_morning(today: datetime, zone: ZoneInfo, days: int = FIRST_DAY) -> datetime:
    """The morning on which the sample company begins to work with its policy."""
    day = hours.days_ago(hours.last_day(today, zone), days, WorkCalendar())
    return hours.opening(day, zone)


def live(until: datetime, plots: Sequence[Plot] = PLOTS, affairs: Sequence[Affair] = AFFAIRS) -> int:
    """Live through plots and affairs up to a moment, the clock's own steps in between; answers with how many acts."""
    house = company()
    zone, work = ZoneInfo(house.time_zone), world()[0].calendar()
    today = hours.last_day(until, zone)
    waiting = [_begun(plot, number, today, work, zone) for number, plot in enumerate(plots, 1)]
    heapq.heapify(waiting)
    coming = deque(_coming(affairs, today, work, zone))
    told, lately = (hours.opening(today.toordinal() - ago, zone) for ago in (TOLD, LATELY))
    counted = today
    done = 0
    while waiting and waiting[0][0] < until - timedelta(minutes=1):
        moment, number, thread = heapq.heappop(waiting)
        while coming and coming[0][0] <= moment:
            _happen(*coming.popleft())
        _tick(moment, is_told=moment >= told, at_once=moment >= lately)
        with frozen(moment):
            if (day := moment.astimezone(zone).date()) != counted:
                count_refusals(house, by=CLOCK)
                counted = day
            _act(thread)
        done += 1
        if thread.step < len(thread.plot.steps):
            then = hours.later(moment, thread.plot.steps[thread.step][1], work, zone)
            heapq.heappush(waiting, (then, number, thread))
    _tick(until)
    with frozen(until):
        count_refusals(house, by=CLOCK)
        inboxes.tell()
    inboxes.read(until)
    return done


def _begun(plot: Plot, number: int, today: date, work: WorkCalendar, zone: ZoneInfo) -> tuple[datetime, int, Thread]:
    """An order with the moment of its first step."""
    day = hours.days_ago(today, plot.age, work)
    return hours.later(hours.opening(day, zone), plot.steps[0][1], work, zone), number, Thread(plot, number, day)


def _coming(
    affairs: Iterable[Affair], today: date, work: WorkCalendar, zone: ZoneInfo
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What happens to people, in the order in which it does."""
    for age, hour, happens in affairs:
        yield hours.later(hours.opening(hours.days_ago(today, age, work), zone), hour, work, zone), happens


def _happen(moment: datetime, happens: Callable[[], None]) -> None:
    """Let something happen to people at its moment."""
    _tick(moment, is_told=False)
    with frozen(moment):
        happens()


def _tick(until: datetime, *, is_told: bool = True, at_once: bool = True) -> None:
    """Let time bring about what it brings about before a moment, each thing at its own time."""
    while (moment := next_moment()) is not None and moment <= until:
        with frozen(moment):
            taken = run_due()
            if is_told:
                inboxes.tell(at_once=at_once)
            if taken == 0:
                return
    if is_told:
        with frozen(until):
            inboxes.tell(at_once=at_once)


def _act(thread: Thread) -> None:
    verb, _colon, code = thread.plot.steps[thread.step][0].partition(":")
    if thread.order is None:
        said = (thread.plot, thread.number, thread.day)
        thread.order = scenes.adopt(*said, code) if verb == "adopt" else scenes.register(*said)
    else:
        SCENES[verb](Order.objects.get(pk=thread.order.pk), thread.plot, code)
    thread.step += 1
