"""What facts mean for duties: one is assigned, late, escalated, or nothing is left to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from aftersign.kernel.clock.durations import duration
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.queries import by_ids
from aftersign.kernel.notices.registry import DAYS, HOURS, MACHINES, Cause, Ending, Happening, Telling
from aftersign.policy.engine import names
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.notices.owing import told_of
from aftersign.policy.notices.reminders import counts_days

ASSIGNED, OVERDUE, ESCALATED = "assigned", "overdue", "escalated"
BREACHED_FACT, ESCALATED_FACT = "general.duty_breached", "general.duty_escalated"
OF_DUTIES = (BREACHED_FACT, ESCALATED_FACT, names.HANDED_ON)
ORDER = "order"


def tell(facts: Sequence[Recorded]) -> Iterator[Happening]:
    """What the next facts mean for duties; some four queries however many facts there are."""
    by_id = {fact.id: fact for fact in facts}
    touched = _touched(facts)
    told = told_of(touched)
    for duty in touched:
        if (fact := by_id.get(duty.opened_by)) and duty.state in UNFINISHED:
            yield from _assigned(fact, duty, told[duty.pk])
        if duty.closed_by and (fact := by_id.get(duty.closed_by)):
            yield Ending(Cause.of(fact), "duty", str(duty.pk))
    named = {each.pk: each for each in Duty.objects.filter(pk__in=_named(facts))}
    owing, old = told_of(named.values()), _old(named.values())
    for fact in facts:
        one = named.get(UUID(fact.unit_id)) if fact.name in OF_DUTIES else None
        if one is not None and one.pk not in old:
            yield from _of_duty(fact, one, owing[one.pk])


def _touched(facts: Sequence[Recorded]) -> list[Duty]:
    """The duties that these facts opened or closed."""
    ids, orders = [fact.id for fact in facts], {fact.order_id for fact in facts}
    mine = Q(order__in=[each for each in orders if each])
    if None in orders:
        mine |= Q(order=None)
    return list(Duty.objects.filter(mine, Q(opened_by__in=ids) | Q(closed_by__in=ids)))


def _named(facts: Sequence[Recorded]) -> set[UUID]:
    """The duties of which these facts speak."""
    return {UUID(fact.unit_id) for fact in facts if fact.name in OF_DUTIES}


def _old(duties: Iterable[Duty]) -> set[UUID]:
    """Those that an import or an adoption opened when they were late already: nobody is alarmed about the past."""
    rows = list(duties)
    opened = {fact.id: fact for fact in by_ids({row.opened_by for row in rows})} if rows else {}
    found = set()
    for row in rows:
        fact = opened.get(row.opened_by)
        took_in = fact is not None and (fact.actor_kind in MACHINES or fact.name == names.ADOPTED)
        if fact is not None and took_in and row.due_at is not None and row.due_at <= fact.entered:
            found.add(row.pk)
    return found


def _assigned(fact: Recorded, duty: Duty, people: Iterable[UUID]) -> Iterator[Telling]:
    about = (duty.unit, duty.unit_id) if duty.unit != ORDER else None
    for person in people:
        yield Telling(Cause.of(fact), person, "duty", str(duty.pk), ASSIGNED, about=about)


def _of_duty(fact: Recorded, duty: Duty, owing: Iterable[UUID]) -> Iterator[Telling]:
    """What is told of one duty: that it is late, to its owner; a step, to those it names; another owner, to them."""
    people, reason, clock = list(owing), OVERDUE, ""
    if fact.name == BREACHED_FACT:
        clock = DAYS if duty.due_at is None or counts_days(duty.due_at) else HOURS
    elif fact.name == ESCALATED_FACT:
        people, reason = [UUID(each) for each in fact.payload["told"]], ESCALATED
        length = duration(str(fact.payload["step"]).partition(" ")[0].removeprefix("+"))
        clock = HOURS if length.counts_hours else DAYS
    else:
        people, reason = [UUID(fact.payload["to_person"])], ASSIGNED
    for person in people:
        yield Telling(Cause.of(fact), person, "duty", str(duty.pk), reason, clock=clock)
