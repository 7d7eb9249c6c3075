"""A walk through the company: its clock, its people, and what came of everything that they tried."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts import doorway
from aftersign.kernel.acts.models import DoneAct, RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import frozen, new_id
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, running_deputyships
from tests.company.acting.clockwork import let_time_work
from tests.firm import SHANGHAI

T = TypeVar("T")
CLOSELY = 0.04
"""In which share of acts every row is looked at, before and after."""
NOTES = (RefusedAct, DoneAct)
"""What the doorway itself writes down."""
SENTENCES = (
    "客户推迟了现场时间",
    "看错了合同",
    "资料下周才到",
    "由总包方供电？",
    "已与客户确认",
    "Agreed by mail",
    "验收不通过",
)
WRONG = ("", "   ", "\N{ZERO WIDTH SPACE}", "<b>不</b>", "𠮷野家", "null")


@dataclass
class Walk:
    """How far the walk has come; `faults` are the tracebacks of what should never have been raised."""

    chance: Random
    moment: datetime
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    browsers: dict[Any, Client] = field(default_factory=dict)
    places: dict[Any, list[str]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the company's zone."""
        return self.moment.astimezone(SHANGHAI).date()

    def happens(self, share: float) -> bool:
        """Whether something comes about that does so in this share of cases."""
        return self.chance.random() < share

    def one(self, rows: Iterable[T]) -> T:
        """One of these; raises `NothingThere` when there is none."""
        found = list(rows)
        if not found:
            raise NothingThere
        return self.chance.choice(found)

    def some(self, rows: Iterable[T]) -> tuple[T, ...]:
        """Some of these, mostly more than none."""
        found = list(rows)
        return tuple(self.chance.sample(found, self.chance.randint(min(1, len(found)), len(found))))

    def words(self) -> str:
        """What somebody writes, now and then nothing that makes sense."""
        return self.chance.choice(WRONG if self.happens(0.06) else SENTENCES)

    def day(self, least: int = -5, most: int = 30) -> date:
        """A day around today."""
        return self.today + timedelta(days=self.chance.randint(least, most))

    def anybody(self) -> Person:
        """Somebody of the company, now and then somebody who is gone."""
        everybody = Person.objects.select_related("department").filter(is_operating=False).order_by("account")
        here = everybody.filter(is_active=True, left_on=None)
        return self.one(here if self.happens(0.93) else everybody)

    def actors(self) -> list[Actor]:
        """Everybody at their desk, and everybody on behalf of those for whom they may act today."""
        people = Person.objects.select_related("department").filter(is_operating=False).order_by("account")
        running = running_deputyships(self.today).select_related("person__department", "deputy__department")
        return [
            *(Actor("person", person=each, key=str(new_id())) for each in people),
            *(Actor("person", person=each.deputy, on_behalf_of=each.person) for each in running.order_by("pk")),
        ]

    def somebody(self, act: str, unit: Model) -> Actor:
        """Who tries an act: mostly one of those who may, else anybody."""
        found = self.actors()
        self.chance.shuffle(found)
        if self.happens(0.88):
            capability = doorway.declared()[act].capability
            able = (each for each in found if allowed(each, capability, unit))
            return next(able, found[0])
        return found[0]

    def does(self, act: str, verb: Callable[..., T], unit: Model, **given: Any) -> T:
        """Somebody does an act on a unit; raises `Refused` when the house refuses it."""
        return verb(unit, **given, by=self.somebody(act, unit))


class NothingThere(Exception):
    """What the move needs does not exist yet."""


Move = Callable[[Walk], object]


def step(walk: Walk, moves: dict[Move, int]) -> None:
    """A while later, somebody does one thing; what is refused must have stated nothing."""
    walk.moment += timedelta(minutes=walk.chance.choice((0, 1, 4, 15, 40, 90, 300)))
    with frozen(walk.moment):
        if walk.happens(0.3):
            guarded(walk, "the clock", lambda: let_time_work(walk.moment, company()))
        for _try in range(20):
            move = walk.chance.choices(list(moves), list(moves.values()))[0]
            if guarded(walk, name_of(move), partial(move, walk)):
                return


def name_of(move: Move) -> str:
    """The name of a move, with its room."""
    return f"{move.__module__.rpartition('.')[2]}.{getattr(move, '__name__', '')}"


def guarded(walk: Walk, name: str, act: Callable[[], object]) -> bool:
    """Do something, and write down what came of it; False when there was nothing to do it with."""
    before = trace(walk.happens(CLOSELY))
    try:
        with transaction.atomic():
            refused = _refused(act)
    except NothingThere:
        return False
    except Exception:  # noqa: BLE001 (whatever it is, it is what the walk looks for)
        walk.faults.append(f"{walk.moment} {name}\n{traceback.format_exc()}")
        return True
    (walk.done if refused is None else walk.refused)[name] += 1
    if refused is not None and (not str(refused) or trace(len(before) > 1) != before):
        walk.faults.append(f"{walk.moment} {name}: refused without a sentence, or not without a trace: {refused}")
    return True


def trace(closely: bool) -> list[Any]:
    """What a refused act must leave as it was: the facts and, looked at closely, every row of every table."""
    facts = [Entry.objects.count()]
    if not closely:
        return facts
    tables = (model for model in apps.get_models() if model.__module__.startswith("aftersign.") and model not in NOTES)
    return [*facts, *((model.__name__, sorted(map(str, model._base_manager.values_list()))) for model in tables)]


def _refused(act: Callable[[], object]) -> Refused | None:
    """Why something was refused; the note that the house keeps of it stays."""
    try:
        act()
    except Refused as refused:
        return refused
    return None
