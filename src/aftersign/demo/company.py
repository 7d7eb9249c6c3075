"""The sample company made anew: its people, and weeks of orders lived through in the order in which things happened."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aftersign.chapters.general.acts import change_department, count_refusals, list_department, list_person, name_post
from aftersign.demo import exceptions, hours, scenes
from aftersign.demo.affairs import AFFAIRS
from aftersign.demo.cast import CAST, MANAGEMENT, TEAM, Member
from aftersign.demo.script import PLOTS, Plot
from aftersign.kernel.access.actor import CLOCK, Actor, operating
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import company, department_of_code
from aftersign.orders.models import DefaultMember, Order
from aftersign.policy.standing import world
from aftersign.policy.steps import next_moment, run_due

FIRST_DAY = 40


@dataclass
class Thread:
    """One order on its way through its plot."""

    plot: Plot
    number: int
    day: int
    step: int = 0
    order: Order | None = None


def people(password: str) -> None:
    """List departments' heads, people and posts; all sign in with one password."""
    house, by = company(), operating("setup")
    top = list_department(house, name=MANAGEMENT, works_on_orders=False, by=by)
    for member in CAST:
        _list(house, member, top, password, by)
    heads = {member.heads: Person.objects.get(account=member.account) for member in CAST if member.heads}
    for department in Department.objects.exclude(pk=top.pk):
        change_department(department, head=heads.get(department.code), above=top, by=by)
    change_department(top, head=Person.objects.get(account="chenli"), by=by)
    for kind in ("project", "service", "sales", "rental", "maintenance", "call_off", "other"):
        for post, (one, two) in TEAM.items():
            deputy = Person.objects.get(account=two) if two else None
            DefaultMember.objects.create(kind=kind, post=post, person=Person.objects.get(account=one), deputy=deputy)


def _list(house: Company, member: Member, top: Department, password: str, by: Actor) -> None:
    person = list_person(
        house,
        account=member.account,
        name=member.name,
        department=department_of_code(member.department) or top,
        title=member.title,
        is_auditor=member.is_auditor,
        by=by,
    )
    person.set_password(password)
    person.save(update_fields=["password"])
    if member.post:
        name_post(house, post=member.post, holder=person, from_on=now().date(), by=by)


def first_morning(today: datetime, zone: ZoneInfo) -> datetime:
    """The morning on which the sample company begins to work with its policy."""
    day = hours.days_ago(today.astimezone(zone).date(), FIRST_DAY, WorkCalendar())
    return hours.opening(day, zone)


def live(until: datetime) -> int:
    """Live through all plots up to a moment, with the clock's own steps in between; answers with the number of acts."""
    house = company()
    zone, work = ZoneInfo(house.time_zone), world()[0].calendar()
    today = until.astimezone(zone).date()
    waiting: list[tuple[datetime, int, Thread]] = []
    for number, plot in enumerate(PLOTS, 1):
        day = hours.days_ago(today, plot.age, work)
        thread = Thread(plot, number, day)
        first = hours.later(hours.opening(day, zone), plot.steps[0][1], work, zone)
        heapq.heappush(waiting, (first, number, thread))
    affairs = deque(_affairs(today, work, zone))
    done = 0
    while waiting and waiting[0][0] < until - timedelta(minutes=1):
        moment, number, thread = heapq.heappop(waiting)
        while affairs and affairs[0][0] <= moment:
            _happen(*affairs.popleft())
        _tick(moment)
        with frozen(moment):
            count_refusals(house, by=CLOCK)
            _act(thread)
        done += 1
        if thread.step < len(thread.plot.steps):
            heapq.heappush(
                waiting, (hours.later(moment, thread.plot.steps[thread.step][1], work, zone), number, thread)
            )
    _tick(until)
    with frozen(until):
        count_refusals(house, by=CLOCK)
    return done


def _affairs(today: date, work: WorkCalendar, zone: ZoneInfo) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What happens to people, in the order in which it does."""
    for age, hour, happens in AFFAIRS:
        yield hours.later(hours.opening(hours.days_ago(today, age, work), zone), hour, work, zone), happens


def _happen(moment: datetime, happens: Callable[[], None]) -> None:
    """Let something happen to people at its moment."""
    _tick(moment)
    with frozen(moment):
        happens()


def _tick(until: datetime) -> None:
    """Let time bring about what it brings about before a moment, each thing at its own time."""
    while (moment := next_moment()) is not None and moment <= until:
        with frozen(moment):
            if run_due() == 0:
                return


_SCENES: dict[str, Callable[[Order, Plot, str], None]] = {
    "send": lambda order, plot, code: scenes.send(order, plot),
    "accept": lambda order, plot, code: scenes.accept(order, code),
    "explain": lambda order, plot, code: scenes.explain(order),
    "return": lambda order, plot, code: scenes.send_back(order, code),
    "resend": lambda order, plot, code: scenes.resend(order, plot),
    "original": lambda order, plot, code: scenes.keep_original(order),
    "team": lambda order, plot, code: scenes.name_team(order),
    "complete": lambda order, plot, code: scenes.complete(order),
    "suspend": lambda order, plot, code: scenes.suspend(order),
    "resume": lambda order, plot, code: scenes.resume(order),
    "terminate": lambda order, plot, code: scenes.terminate(order),
    "close": lambda order, plot, code: scenes.close(order),
    "extension": lambda order, plot, code: exceptions.ask_extension(order, code),
    "waiver": lambda order, plot, code: exceptions.ask_waiver(order, code),
    "approve": lambda order, plot, code: exceptions.approve(order, code),
    "slip": lambda order, plot, code: exceptions.slip(order),
}


def _act(thread: Thread) -> None:
    verb, _colon, code = thread.plot.steps[thread.step][0].partition(":")
    if thread.order is None:
        said = (thread.plot, thread.number, thread.day)
        thread.order = scenes.adopt(*said, code) if verb == "adopt" else scenes.register(*said)
    else:
        _SCENES[verb](Order.objects.get(pk=thread.order.pk), thread.plot, code)
    thread.step += 1
