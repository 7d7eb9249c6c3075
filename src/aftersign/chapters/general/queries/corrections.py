"""What the withdrawal of a fact would mean: whether it is possible, what goes with it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.acts import withdrawing
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.units import words
from aftersign.policy import foundations
from aftersign.policy.models import StatedFact


@dataclass(frozen=True)
class Plan:
    """What is to be done to withdraw a fact.

    `facts` are the fact itself and those that go with it, in journal order. `objection` says why it cannot be withdrawn
    and what is done instead; `built_on` are later facts that have to be withdrawn first.
    """

    facts: Sequence[Recorded]
    objection: str = ""
    built_on: Sequence[Recorded] = ()


def plan_of(fact: StatedFact) -> Plan:
    """The plan for a fact, as its case stands now."""
    target = journal.by_ids([fact.pk])[0]
    way = withdrawing.way_of(target.name)
    if way is None:
        return Plan([target], withdrawing.instead_of(target.name) or _instead(target))
    standing = foundations.standing_in(target.order_id)
    if all(each.id != target.id for each in standing):
        return Plan([target], _("This has been withdrawn already."))
    if objection := str(way.objection(target)):
        return Plan([target], objection)
    later = [each for each in standing if each.sequence > target.sequence]
    group = [target, *way.together(target, later)]
    mine = {each.id for each in group}
    found = {
        each.id: each
        for part in group
        for each in (*_built_on(part, later), *foundations.resting_on(part, standing))
        if each.id not in mine and each.name != WITHDRAWN
    }
    return Plan(group, "", sorted(found.values(), key=lambda each: each.sequence))


def _built_on(part: Recorded, later: Sequence[Recorded]) -> Sequence[Recorded]:
    way = withdrawing.way_of(part.name)
    after = [each for each in later if each.sequence > part.sequence]
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
    said = {"fact": label, "day": timezone.localtime(fact.entered).date().isoformat()}
    return _("%(fact)s (%(day)s)") % said
