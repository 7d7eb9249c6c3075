"""Who takes over what somebody leaves: the successor of each line, else that of its kind, else the one for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.leaving import Kind, Line, lines_of
from aftersign.chapters.general.rules.deputies import Span, faults_among_others
from aftersign.kernel.acts import able
from aftersign.kernel.acts.checks import Asking, check
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.org.models import Deputyship, Person


@dataclass(frozen=True)
class Successors:
    """Who was named: for everything, for whole kinds, and for single lines by their keys."""

    default: Person | None = None
    by_kind: Mapping[str, Person] = field(default_factory=dict)
    by_line: Mapping[str, Person] = field(default_factory=dict)

    def of(self, line: Line) -> Person | None:
        """Who takes over a line."""
        return self.by_line.get(line.key) or self.by_kind.get(line.kind) or self.default

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who was named, each once."""
        named = (self.default, *self.by_kind.values(), *self.by_line.values())
        return tuple({each.pk: each for each in named if each}.values())

    def as_read(self, people: Mapping[UUID, Person]) -> Successors:
        """The same with these rows of the people, by id."""
        return Successors(
            people[self.default.pk] if self.default else None,
            {name: people[each.pk] for name, each in self.by_kind.items()},
            {name: people[each.pk] for name, each in self.by_line.items()},
        )

    def named_in(self, person: Person) -> tuple[str, ...]:
        """The fields in which somebody was named: the default, kinds and lines by their names."""
        named = {"successor": self.default, **self.by_kind, **self.by_line}
        return tuple(name for name, each in named.items() if each == person)


@dataclass(frozen=True)
class Handing:
    """A line with whoever takes it over; `vacates` when that is the holder themselves, who then have no deputy."""

    line: Line
    to: Person

    @property
    def vacates(self) -> bool:
        """Whether a post or a person is left without a deputy."""
        line = self.line
        if line.kind == Kind.ORDER:
            return line.deputy == self.to.pk
        return line.holder is not None and line.holder.pk == self.to.pk


def planned(lines: Iterable[Line], successors: Successors) -> tuple[Handing, ...]:
    """What goes to whom; lines without a successor are left out."""
    pairs = ((line, successors.of(line)) for line in lines)
    return tuple(Handing(line, to) for line, to in pairs if to is not None)


def lacking(lines: Iterable[Line], successors: Successors) -> tuple[Line, ...]:
    """The lines that nobody takes over."""
    return tuple(line for line in lines if successors.of(line) is None)


def fault_of(successor: Person, leaver: Person) -> str:
    """Why somebody cannot take anything over, empty when they can."""
    said = {"name": successor.name}
    if successor.pk == leaver.pk:
        return _("%(name)s leaves and cannot take over from themselves; choose somebody else.") % said
    return able.fault_of(successor)


def faults_of_leaving(
    person: Person, left_on: date, successors: Successors, *, today: date, is_only_administrator: bool
) -> Iterator[Refusal]:
    """What stands against a leaving, whatever the policy asks."""
    said = {"name": person.name}
    if person.left_on is not None:
        yield Refusal(_("%(name)s no longer works here.") % said)
    elif is_only_administrator or person.is_operating:
        yield Refusal(_("%(name)s is the only administrator; name another first.") % said)
    if left_on > today:
        yield Refusal(_("Record it on the day itself: whoever leaves is out at once."), missing=("left_on",))
    for each in successors.people:
        if fault := fault_of(each, person):
            yield Refusal(fault, missing=successors.named_in(each))


def fresh_deputyships(
    handings: Iterable[Handing], known: Iterable[Span], leaver: Person, today: date
) -> Iterator[tuple[Handing, Span, tuple[Refusal, ...]]]:
    """The deputyships that successors take over, one after the other, with what stands against each.

    Whoever comes back to their own work, or has the successor as a deputy already, needs none.
    """
    standing = [each for each in known if leaver.pk not in each.pair]
    for each in handings:
        row: Deputyship = each.line.row
        span = Span(row.person_id, each.to.pk, max(row.from_on, today), row.until)
        if each.vacates or any(other.pair == span.pair and other.meets(span) for other in standing):
            continue
        yield each, span, tuple(faults_among_others(standing, span, row.person, each.to))
        standing.append(span)


@check("successor_is_named")
def successor_is_named(asking: Asking) -> tuple[str, ...]:
    """Everything that the person leaves behind has somebody to take it over; else the lines that have nobody."""
    successors: Successors = asking.given.get("successors") or Successors()
    return tuple(line.key for line in lacking(lines_of(asking.unit), successors))
