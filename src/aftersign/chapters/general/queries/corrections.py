"""What the withdrawal of a fact would mean: whether it is possible, what goes with it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.acts import withdrawing
from aftersign.kernel.clock import eras
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.units import words
from aftersign.policy import foundations
from aftersign.policy.models import StatedFact


@dataclass(frozen=True)
class Effect:
    """What the withdrawal of a fact does in the end: to the fact itself, or to the one at the end of withdrawals."""

    fact: Recorded
    goes: bool


@dataclass(frozen=True)
class Plan:
    """What is to be done to withdraw a fact.

    `facts` are the fact itself and those that go with it, in journal order. `objection` says why it cannot be withdrawn
    and what is done instead; `built_on` are later facts that have to be withdrawn first. Where a withdrawal is
    withdrawn, `effects` are what comes back, or goes again, and `rests_on` facts that what comes back was built on, and
    that have to be put back first.
    """

    facts: Sequence[Recorded]
    objection: str = ""
    built_on: Sequence[Recorded] = ()
    rests_on: Sequence[Recorded] = ()
    effects: Sequence[Effect] = ()


def plan_of(fact: StatedFact) -> Plan:
    """The plan for a fact, as its case stands now."""
    target = journal.by_ids([fact.pk])[0]
    way = withdrawing.way_of(target.name)
    if way is None:
        return Plan([target], withdrawing.instead_of(target.name) or _instead(target))
    told = foundations.told_in(target.order_id)
    if all(each.id != target.id for each in told.standing):
        return Plan([target], _("This has been withdrawn already."))
    if objection := str(way.objection(target)):
        return Plan([target], objection)
    group = [target, *way.together(target, [each for each in told.standing if each.sequence > target.sequence])]
    effects = [_effect(part, told) for part in group]
    mine = {each.id for each in group} | {each.fact.id for each in effects}
    return Plan(
        group,
        "",
        _but(mine, (each for part, effect in zip(group, effects, strict=True) for each in _above(part, effect, told))),
        _but(mine, (each for effect in effects if not effect.goes for each in _below(effect.fact, told))),
        [effect for part, effect in zip(group, effects, strict=True) if effect.fact != part],
    )


def _but(mine: Collection[UUID], found: Iterable[Recorded]) -> list[Recorded]:
    others = {each.id: each for each in found if each.id not in mine and each.name != WITHDRAWN}
    return sorted(others.values(), key=lambda each: each.sequence)


def _effect(part: Recorded, told: foundations.Told) -> Effect:
    """Withdrawn, a fact goes; the withdrawal of it withdrawn, it comes back; and so on."""
    known = {str(each.id): each for each in told.facts}
    fact, goes = part, True
    while fact.name == WITHDRAWN and fact.unit_id in known:
        fact, goes = known[fact.unit_id], not goes
    return Effect(fact, goes)


def _above(part: Recorded, effect: Effect, told: foundations.Told) -> Iterator[Recorded]:
    """Later facts that were built on what stands, and would stand no longer as it did."""
    yield from _built_on(part, told.standing)
    if effect.goes:
        yield from foundations.resting_on(effect.fact, told.standing)


def _below(fact: Recorded, told: foundations.Told) -> Iterator[Recorded]:
    """Facts that a fact was built on, and that have been withdrawn since."""
    for each in told.facts:
        withdrawal = told.gone.get(str(each.id))
        if withdrawal is None or each.sequence >= fact.sequence or withdrawal.sequence < fact.sequence:
            continue
        if fact in _built_on(each, [fact]) or fact in foundations.resting_on(each, [*told.standing, fact]):
            yield each


def _built_on(part: Recorded, facts: Sequence[Recorded]) -> Sequence[Recorded]:
    way = withdrawing.way_of(part.name)
    after = [each for each in facts if each.sequence > part.sequence]
    return list(way.built_on(part, after)) if way else ()


def _instead(target: Recorded) -> str:
    if target.actor_kind == "clock":
        return _("The clock states this by itself, from what others state. Withdraw that instead.")
    return _("This cannot be withdrawn. State what is right now; both stay in the record.")


def unit_of(fact: Recorded) -> StatedFact:
    """A fact of the journal as the unit that a withdrawal is about."""
    return StatedFact.objects.select_related("order").get(pk=fact.id)


def line_of(fact: Recorded) -> str:
    """A fact in a list: its label and the day on which it was entered."""
    label = words.label("fact", fact.name, get_language() or "zh-hans")
    said = {"fact": label, "day": eras.written(timezone.localtime(fact.entered))}
    return _("%(fact)s (%(day)s)") % said
