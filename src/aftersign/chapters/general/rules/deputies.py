"""Who may be whose deputy, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import able
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.kernel.org.queries import departments_under

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Span:
    """From when until when somebody may act for a person; both days count."""

    person: UUID
    deputy: UUID
    from_on: date
    until: date

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """Whose deputy who is."""
        return self.person, self.deputy

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.from_on <= other.until and other.from_on <= self.until


def closes_a_circle(known: Iterable[Span], fresh: Span) -> bool:
    """Whether on some day of a new deputyship somebody would stand in for themselves, by way of others or not."""
    by_person: dict[UUID, list[Span]] = {}
    for each in known:
        by_person.setdefault(each.person, []).append(each)
    waiting, seen = [(fresh.deputy, fresh.from_on, fresh.until)], set()
    while waiting:
        who, begin, end = waiting.pop()
        if who == fresh.person:
            return True
        if (who, begin, end) in seen:
            continue
        seen.add((who, begin, end))
        for each in by_person.get(who, ()):
            first, last = max(begin, each.from_on), min(end, each.until)
            if first <= last:
                waiting.append((each.deputy, first, last))
    return False


def span_of(row: Deputyship) -> Span:
    """A row as a span."""
    return Span(row.person_id, row.deputy_id, row.from_on, row.until)


def faults_among_others(known: Iterable[Span], fresh: Span, person: Person, deputy: Person) -> Iterator[Refusal]:
    """What stands against a deputyship in those that run or are to come."""
    others, said = list(known), {"deputy": deputy.name, "name": person.name}
    if any(each.pair == fresh.pair and each.meets(fresh) for each in others):
        sentence = _("%(deputy)s acts for %(name)s on some of these days already; end that first.")
        yield Refusal(sentence % said, missing=("deputy",))
    elif closes_a_circle(others, fresh):
        sentence = _("%(name)s stands in for %(deputy)s in these days, directly or through others; choose another.")
        yield Refusal(sentence % said, missing=("deputy",))


def faults_of_naming(
    person: Person, deputy: Person, from_on: date, until: date, *, by: Actor, today: date
) -> Iterator[Refusal]:
    """What stands against a deputyship before others are looked at, each at its field."""
    if person.left_on is not None:
        yield Refusal(_("%(name)s no longer works here.") % {"name": person.name})
    if by.on_behalf_of == person:
        sentence = _("%(name)s does this themselves: nobody hands on what they hold as a deputy.")
        yield Refusal(sentence % {"name": person.name})
    yield from _faults_of_deputy(person, deputy, by)
    if from_on < today:
        yield Refusal(_("Begin today or later; nobody acted for them before."), missing=("from_on",))
    if until < from_on:
        yield Refusal(_("The last day comes before the first."), missing=("until",))
    elif until - from_on > LONGEST:
        yield Refusal(_("Name a deputy for a year at most, and anew after that."), missing=("until",))


def _faults_of_deputy(person: Person, deputy: Person, by: Actor) -> Iterator[Refusal]:
    if deputy.pk == person.pk:
        yield Refusal(_("Nobody stands in for themselves; choose somebody else."), missing=("deputy",))
    elif fault := able.fault_of(deputy):
        yield Refusal(fault, missing=("deputy",))
    elif deputy.pk in by.hands and by.principal is not None and not heads(by.principal, person):
        yield Refusal(_("Nobody makes themselves the deputy of another; let their head do it."), missing=("deputy",))


def heads(head: Person, person: Person) -> bool:
    """Whether somebody heads the department of a person, or one above it."""
    return head.pk != person.pk and person.department_id in departments_under(head)
