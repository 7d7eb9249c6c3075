"""Duties as people read them: clause, owner, evidence, due, escalation, and the act that ends each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import get_language

from aftersign.kernel.acts import pages
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.units import registry
from aftersign.policy.editions import store
from aftersign.policy.engine import World
from aftersign.policy.escalation import EscalationStep, steps_of
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty, DutyState
from aftersign.policy.rulebook import Rulebook, Term
from aftersign.policy.standing import present

MACHINES = frozenset({"clock", "import", "setup"})
SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Card:
    """One duty with everything that a row of a list shows.

    `shown` is the state as pages name it; `about` the title of its unit where that is not the order itself; `address`
    the page on which `unit` is acted on, empty when no installed room has one.
    """

    duty: Duty
    rulebook: Rulebook
    term: Term
    title: str
    shown: str
    evidence: tuple[str, ...]
    act: str
    address: str
    steps: tuple[EscalationStep, ...]
    about: str
    unit: Any

    @property
    def owner_name(self) -> str:
        """The person, else the department, that owes the duty."""
        owner = self.duty.owner or self.duty.owner_department
        return owner.name if owner else ""

    @property
    def next_step(self) -> EscalationStep | None:
        """The first step that has not come yet; none for a duty that has ended or whose clock stands still."""
        coming = (step for step in self.steps if step.at is not None and step.at > now())
        return next(coming, None) if self.is_unfinished else None

    @property
    def is_unfinished(self) -> bool:
        """Whether something is still to be done."""
        return self.shown in ("open", "due_soon", "breached", "paused")


class Words(NamedTuple):
    """What all duties of one term have in common when people read them."""

    rulebook: Rulebook
    term: Term
    act: str
    title: str
    evidence: tuple[str, ...]


def cards(duties: Iterable[Duty], held: Iterable[Model] = ()) -> list[Card]:
    """Duties, which bring their orders along, as cards; units not yet in hand are read with one query a kind."""
    rows = list(duties)
    if not rows:
        return []
    units: dict[tuple[str, str], Any] = {("order", row.unit_id): row.order for row in rows if row.unit == "order"}
    units |= {(registry.kind_of(unit).name, str(unit.pk)): unit for unit in held}
    units |= registry.units_of((row.unit, row.unit_id) for row in rows if (row.unit, row.unit_id) not in units)
    for row in rows:
        _hold(units.get((row.unit, row.unit_id)), row)
    words: dict[tuple[Any, str], Words] = {}
    return [_card(row, units.get((row.unit, row.unit_id)), present(), words) for row in rows]


def _hold(unit: Any, duty: Duty) -> None:
    """Let a unit of an order share the order that its duty brings along, so that it is read once."""
    if unit is not None and duty.order_id is not None and getattr(unit, "order_id", None) == duty.order_id:
        unit.order = duty.order


def act_of(rulebook: Rulebook, term: Term) -> str:
    """The act under whose label a duty is shown: the first person's act of its first closing fact."""
    for name in term.closes:
        for act in rulebook.facts[name].stated_by:
            if act not in MACHINES:
                return act
    return ""


def shown_state(duty: Duty, moment: datetime) -> str:
    """A state as pages show it: an open duty is due soon within a day of its due time, and breached from it on."""
    if duty.state == DutyState.OPEN and duty.due_at:
        if duty.due_at <= moment:
            return "breached"
        return "due_soon" if duty.due_at - moment <= SOON else "open"
    return duty.state


def evidence_words(rulebook: Rulebook, term: Term, language: str) -> tuple[str, ...]:
    """What a duty asks to be proven with, in words."""
    keys: Any = term.evidence
    if isinstance(keys, str):
        found = rulebook.params.get(keys.removeprefix("$"))
        keys = found.value if found and isinstance(found.value, tuple) else ()
    return tuple(label_in(rulebook, f"word/{term.room}", key, language) for key in keys)


def _words(edition: Any, name: str) -> Words:
    language = get_language() or "zh-hans"
    rulebook = store.rulebook_of(edition)
    term = rulebook.terms[name]
    act = act_of(rulebook, term)
    return Words(
        rulebook, term, act, label_in(rulebook, "act", act, language), evidence_words(rulebook, term, language)
    )


def _card(duty: Duty, unit: Any, company: World, known: dict[tuple[Any, str], Words]) -> Card:
    key = (duty.edition_id, duty.term)
    if key not in known:
        known[key] = _words(*key)
    words = known[key]
    return Card(
        duty=duty,
        rulebook=words.rulebook,
        term=words.term,
        title=words.title,
        shown=shown_state(duty, now()),
        evidence=words.evidence,
        act=words.act,
        address=pages.address(words.act, unit),
        steps=steps_of(duty, words.term, company),
        about=registry.kind_of(unit).title(unit) if unit is not None and duty.unit != "order" else "",
        unit=unit,
    )


def name_owners(duties: Iterable[Duty]) -> None:
    """Fetch the owners of duties that were derived and not read; two queries."""
    found = list(duties)
    people = Person.objects.select_related("department").in_bulk({row.owner_id for row in found if row.owner_id})
    departments = Department.objects.in_bulk({row.owner_department_id for row in found if row.owner_department_id})
    for row in found:
        row.owner = people.get(row.owner_id) if row.owner_id else None
        row.owner_department = departments.get(row.owner_department_id) if row.owner_department_id else None
