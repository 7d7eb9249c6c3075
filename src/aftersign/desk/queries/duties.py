"""One duty as people read it: its five facts, its clock as a line of time, and what stands in the journal about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.owning import who_may
from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.canonical import COMMITMENT
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.queries import names_of
from aftersign.orders.queries.filed import Filed, filed
from aftersign.policy.cards import Card, cards
from aftersign.policy.engine.names import EXTENDED, HANDED_ON, TAKEN, WAIVED
from aftersign.policy.models import Duty, ShownBreach, ToldStep
from aftersign.policy.told import BREACH

SIBLINGS = 20
DIGEST = 64
"""The length of a check value in hex, which is shown by its ends."""


@dataclass(frozen=True)
class Tick:
    """One point on the line of time of a duty; `kind` says what happened then, or will."""

    at: datetime
    kind: str
    label: str
    who: str = ""
    entered: datetime | None = None


@dataclass(frozen=True)
class DutyPage:
    """Everything that the page of a duty shows."""

    card: Card
    ticks: tuple[Tick, ...]
    proof: tuple[tuple[str, str], ...]
    closing: Recorded | None
    closing_by: str
    files: Sequence[Filed]
    shown_breaches: tuple[ShownBreach, ...]
    siblings: tuple[Card, ...]
    may_take: bool
    who: str

    @property
    def duty(self) -> Duty:
        """The row."""
        return self.card.duty


def duty_page(actor: Actor, duty: Duty) -> DutyPage:
    """The page of a duty that the actor may see."""
    others = Duty.objects.filter(order=duty.order_id, unit=duty.unit, unit_id=duty.unit_id).exclude(pk=duty.pk)
    others = others.select_related("order", "owner__department", "owner_department").order_by("opened_at")
    card, *siblings = cards([duty, *others[:SIBLINGS]])
    facts = _facts(card)
    told = list(ToldStep.objects.filter(duty_id=duty.pk).order_by("told_at"))
    people = names_of(_people(card, facts, told))
    closing = facts.get(duty.closed_by) if duty.closed_by else None
    return DutyPage(
        card=card,
        ticks=_in_order(_ticks(card, facts, told, people)),
        proof=tuple(_proof(card, closing, people)),
        closing=closing,
        closing_by=people.get(closing.actor_id, "") if closing and closing.actor_id else "",
        files=_files(card, closing),
        shown_breaches=tuple(ShownBreach.objects.filter(duty_id=duty.pk)),
        siblings=tuple(siblings),
        may_take=_may_take(actor, duty),
        who=who_may(duty) if card.is_unfinished else "",
    )


def _files(card: Card, closing: Recorded | None) -> Sequence[Filed]:
    """The files that the closing fact names: among its files, or as one of its evidence."""
    if closing is None or card.duty.order_id is None:
        return ()
    stated = [each for each in closing.payload.values() if isinstance(each, str) and _is_digest(each)]
    return filed(card.duty.order_id, (*closing.files, *stated))


def ticks_of(card: Card) -> tuple[Tick, ...]:
    """The line of time of a duty alone."""
    facts, told = _facts(card), list(ToldStep.objects.filter(duty_id=card.duty.pk).order_by("told_at"))
    return _in_order(_ticks(card, facts, told, names_of(_people(card, facts, told))))


def _in_order(ticks: list[Tick]) -> tuple[Tick, ...]:
    return tuple(sorted(ticks, key=lambda tick: tick.at))


def _facts(card: Card) -> dict[UUID, Recorded]:
    """The facts that may have moved the clock of a duty, by id."""
    duty = card.duty
    if duty.order_id is None:
        return _company(duty)
    return {fact.id: fact for fact in journal.of_order(duty.order_id, names=_names(card))}


def _may_take(actor: Actor, duty: Duty) -> bool:
    unfinished = duty.closed_at is None and duty.owner_id is None and duty.owner_department_id is not None
    return unfinished and capabilities.allowed(actor, "general.take_duty", duty)


def _names(card: Card) -> set[str]:
    """The facts that may have moved the clock of a duty."""
    term, wide = card.term, card.rulebook.order_wide
    moving = {*term.opens, *term.closes, *term.pauses, *term.resumes, *term.voids, *term.until}
    return moving | {
        wide.pauses,
        wide.resumes,
        wide.voids,
        WAIVED,
        EXTENDED,
        TAKEN,
        HANDED_ON,
    }


def _company(duty: Duty) -> dict[UUID, Recorded]:
    ids = [each for each in (duty.opened_by, duty.closed_by) if each]
    return {fact.id: fact for fact in journal.by_ids(ids)}


def _people(card: Card, facts: dict[UUID, Recorded], told: list[ToldStep]) -> set[UUID]:
    """Ids of everybody whom the page names: who acted, who was told, and who stands in the proof."""
    found = {fact.actor_id for fact in facts.values() if fact.actor_id} | {
        UUID(each) for step in told for each in step.told
    }
    closing = facts.get(card.duty.closed_by) if card.duty.closed_by else None
    for key, value in closing.payload.items() if closing else ():
        kind = card.rulebook.facts[closing.name].payload.get(key) if closing else None
        if kind == "person" and isinstance(value, str):
            found.add(UUID(value))
    return found


def _ticks(card: Card, facts: dict[UUID, Recorded], told: list[ToldStep], people: dict[UUID, str]) -> list[Tick]:
    duty = card.duty
    found = [Tick(duty.opened_at, "opened", _("Opened"), *_said(facts.get(duty.opened_by), people))]
    found += [
        Tick(fact.at, kind, label, *_said(fact, people))
        for fact in facts.values()
        for kind, label in _movement(card, fact)
    ]
    if duty.due_at:
        found.append(Tick(duty.due_at, "due", _("Due")))
    found += [Tick(step.told_at, "told", _told_label(step), "、".join(_names_told(step, people))) for step in told]
    reached = {step.step for step in told}
    found += [Tick(at, "coming", _("Will escalate"), role) for at, role in _coming(card, reached)]
    if duty.closed_at:
        found.append(Tick(duty.closed_at, "closed", _("Ended"), *_said(facts.get(duty.closed_by or duty.pk), people)))
    return found


def _movement(card: Card, fact: Recorded) -> list[tuple[str, str]]:
    """What a fact did to the clock of a duty while it ran, if it did anything."""
    duty, term, wide = card.duty, card.term, card.rulebook.order_wide
    if not _is_of(fact, duty) or not duty.opened_at <= fact.at <= (duty.closed_at or now()):
        return []
    if fact.id in (duty.opened_by, duty.closed_by):
        return []
    own = fact.unit_id == str(duty.pk)
    moves = {
        "paused": (fact.name in (*term.pauses, wide.pauses), _("Clock stopped")),
        "resumed": (fact.name in (*term.resumes, wide.resumes), _("Clock runs again")),
        "extended": (own and fact.name == EXTENDED, _("Extended")),
        "taken": (own and fact.name == TAKEN, _("Taken")),
        "handed_on": (own and fact.name == HANDED_ON, _("Handed on")),
    }
    return [(kind, label) for kind, (did, label) in moves.items() if did]


def _told_label(step: ToldStep) -> str:
    return _("Shown as overdue") if step.step == BREACH else _("Escalated")


def _names_told(step: ToldStep, people: dict[UUID, str]) -> list[str]:
    return [people.get(UUID(each), "") for each in step.told]


def _coming(card: Card, reached: set[str]) -> list[tuple[datetime, str]]:
    """The steps that nobody has been told of and whose time has not come."""
    if not card.is_unfinished:
        return []
    ahead = [step for step in card.steps if step.at is not None and step.at > now()]
    return [(step.at, step.role) for step in ahead if step.at and f"{step.step} {step.role}" not in reached]


def _is_of(fact: Recorded, duty: Duty) -> bool:
    mine = fact.units.get(duty.unit)
    return mine is None or mine == duty.unit_id


def _said(fact: Recorded | None, people: dict[UUID, str]) -> tuple[str, datetime | None]:
    if fact is None:
        return "", None
    late = fact.entered if fact.entered.date() != fact.at.date() else None
    return people.get(fact.actor_id, "") if fact.actor_id else "", late


def _proof(card: Card, closing: Recorded | None, people: dict[UUID, str]) -> list[tuple[str, str]]:
    """What the closing fact gave for each thing that was asked as evidence."""
    asked = card.term.evidence if isinstance(card.term.evidence, tuple) else ()
    given = closing.payload if closing else {}
    kinds = card.rulebook.facts[closing.name].payload if closing else {}
    return [
        (label, _text(given.get(key), kinds.get(key, ""), people))
        for key, label in zip(asked, card.evidence, strict=False)
    ]


def _text(value: Any, kind: str, people: dict[UUID, str]) -> str:
    if value is None:
        return ""
    if kind == "person" and isinstance(value, str):
        return people.get(UUID(value), value)
    if isinstance(value, dict) and COMMITMENT in value:
        return _("erased, its commitment is kept")
    if isinstance(value, list | dict):
        return _("%(n)d entries") % {"n": len(value)}
    text = str(value)
    return f"{text[:8]}…{text[-8:]}" if _is_digest(text) else text


def _is_digest(text: str) -> bool:
    return len(text) == DIGEST and " " not in text
