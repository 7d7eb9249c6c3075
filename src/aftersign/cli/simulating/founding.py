"""The simulated company: founded where there is none, and brought through its two years, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from aftersign.cli.simulating.batch import Batch, Writing
from aftersign.cli.simulating.ground import current, departments, made_ground
from aftersign.cli.simulating.hiring import Hiring
from aftersign.cli.simulating.keeping_house import Housekeeping
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.staff import Staff, desks_of, manager_of
from aftersign.cli.simulating.story import Ground, Story, Told
from aftersign.cli.simulating.ticking import Ticked, tick, told_rows
from aftersign.cli.simulating.writing import pour
from aftersign.desk.setup import founding
from aftersign.kernel.clock import Zone, frozen, now
from aftersign.kernel.clock.chance import repeatable
from aftersign.kernel.journal import queries
from aftersign.kernel.journal.pouring import Pouring
from aftersign.kernel.numbers.models import Counter
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.policy import rows
from aftersign.policy.editions import store
from aftersign.policy.engine import Fact, World, read_case
from aftersign.policy.models import CaseClock
from aftersign.policy.moments import count
from aftersign.policy.standing import DERIVED, engine_fact, world

NAME = "模拟公司"
ZONE = ZoneInfo("Asia/Shanghai")
OPENS = timedelta(hours=8)


def settle(plan: Plan, into: Pouring, password: str) -> None:
    """Make the company whole: founded on the first morning of the history unless it is there, staffed, and lived in.

    Everything or nothing; the same seed gives the same ids in an empty database. Everybody signs in with `password`, a
    hash.
    """
    with transaction.atomic(), repeatable(f"{plan.seed}/founding"):
        morning = datetime.combine(plan.begin, datetime.min.time(), tzinfo=ZONE) + OPENS
        if not Company.objects.exists():
            with frozen(morning):
                list(founding.found(NAME))
                founding.administrator(company())
        staff = Staff.of(plan)
        known = _known()
        hiring = _hiring(plan, staff, count(morning) + 300_000_000, password, into)
        numbers = _numbers(plan, staff)
        facts = list(hiring.facts(_world(known), _years(), _in_force_from(), numbers.number))
        ground = made_ground(plan, staff, _world([*known, *_placed(facts, known)]), 0)
        facts = sorted([*facts, *_housekeeping(plan, staff, ground)], key=lambda each: each.entered)
        _write(plan, ground, known, facts, hiring, numbers.given, into)


class _Numbers:
    """Numbers of customers, which follow those that were given out before."""

    def __init__(self, year: int, customers: int) -> None:
        counter = Counter.objects.filter(prefix="C", year=year).first()
        self._before, self._year = counter.last if counter else 0, year
        self.given = {("C", year): (self._before, self._before + customers)}

    def number(self, place: int) -> str:
        """The number of the n-th new customer."""
        return f"C-{self._year}-{self._before + place + 1:04d}"


def _numbers(plan: Plan, staff: Staff) -> _Numbers:
    return _Numbers(plan.begin.year, staff.customers)


def _known() -> list[Fact]:
    """The company's facts so far, as the engine reads them."""
    return [engine_fact(fact) for fact in queries.of_order(None, private=False)]


def _world(facts: Sequence[Fact]) -> World:
    made = World(store.programs())
    for fact in facts:
        made.read(fact)
    return made


def _placed(told: Sequence[Told], known: Sequence[Fact]) -> list[Fact]:
    """Facts as the engine reads them once they follow those that are known."""
    last = known[-1].position if known else 0
    return [
        Fact(each.id, each.name, each.at, each.entered, each.units, each.payload, None, last + place)
        for place, each in enumerate(told, 1)
    ]


def _years() -> set[int]:
    """The years whose holidays are known."""
    return {int(fact.payload["year"]) for fact in queries.all_of(None, "general.calendar_changed")}


def _in_force_from() -> int:
    first = min(fact.at for fact in queries.all_of(None, "policy.took_effect"))
    return count(first)


def _hiring(plan: Plan, staff: Staff, at: int, password: str, into: Pouring) -> Hiring:
    rulebook = current()
    return Hiring(
        plan=plan,
        staff=staff,
        rulebook=rulebook,
        desks=desks_of(staff, departments(rulebook)),
        manager=manager_of(staff),
        by=str(Person.objects.get(is_operating=True).pk),
        at=at,
        password=password,
        into=into,
    )


def _housekeeping(plan: Plan, staff: Staff, ground: Ground) -> list[Told]:
    """What the company did by itself, from when its policy took effect."""
    edition = store.current()
    if edition is None or edition.in_force_from is None:
        return []
    begin = max(plan.begin, edition.in_force_from.astimezone(ZONE).date())
    house = Housekeeping(
        ground=ground,
        staff=staff,
        zone=Zone(company().time_zone),
        first=begin.toordinal(),
        last=plan.until.toordinal(),
        edition=str(edition.pk),
        version=edition.version,
    )
    return [each for each in house.facts() if each.entered < ground.end]


def _write(
    plan: Plan,
    ground: Ground,
    known: Sequence[Fact],
    facts: list[Told],
    hiring: Hiring,
    numbers: dict[tuple[str, int], tuple[int, int]],
    into: Pouring,
) -> None:
    ticked = _ticked(ground, known, facts)
    batch = hiring.batch = Batch()
    for each in facts:
        if each.then is not None:
            each.then(each.entered)
    batch.state([*facts, *ticked.told], Writing(ground.rulebook, plan.request("company", 1), _last(known)), into)
    told_rows(batch, ticked, None, into)
    pour(batch, numbers, into)
    for update in hiring.updates:
        update()
    present, _place = world()
    read = [fact for fact in _known() if fact.name not in DERIVED]
    clock = CaseClock.objects.filter(order=None).values_list("next_step_at", flat=True).first()
    rows.write({None: read_case(present, read, _until(ground, known), order="")}, came={None: clock})
    CaseClock.objects.exclude(order=None).update(next_step_at=now())


def _ticked(ground: Ground, known: Sequence[Fact], facts: Sequence[Told]) -> Ticked:
    """What the clock has told about the company's own duties."""
    placed = [*known, *_placed(facts, known)]
    present = _world(placed)
    read = [fact for fact in placed if fact.name not in DERIVED]
    case = read_case(present, read, _until(ground, known), order="")
    story = Story(ground, Random(f"{ground.seed}/ticks"), 0.0)  # noqa: S311 (a simulation)
    return tick(story, present, read, case)


def _until(ground: Ground, known: Sequence[Fact]) -> int:
    """The end of the history; now, where the company was founded after it."""
    return ground.end if all(fact.entered < ground.end for fact in known) else count(now())


def _last(known: Sequence[Fact]) -> int:
    return known[-1].position if known else 0
