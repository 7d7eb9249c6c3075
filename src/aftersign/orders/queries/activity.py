"""What has happened to an order, as the journal tells it to whoever may know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal import corrections
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded, kinds
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import departments_under, names_of
from aftersign.orders.models import Order

PAGE = 50
_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Correction:
    """By whom, when and why a fact was withdrawn; `second` is whoever agreed."""

    who: str
    at: datetime
    why: str
    second: str = ""


@dataclass(frozen=True)
class Link:
    """A way on from a line of the activity."""

    label: str
    address: str


@dataclass(frozen=True)
class Happening:
    """A fact as a line of the activity: `entered` is given when it was recorded later than it happened."""

    fact: str
    sequence: int
    who: str
    on_behalf_of: str
    at: datetime
    entered: datetime | None
    payload: Mapping[str, Any]
    correction: Correction | None = None
    told: str = ""
    detail: str = ""
    link: Link | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether the fact has been withdrawn."""
        return self.correction is not None

    @property
    def day(self) -> date | None:
        """The day, where only that is known: what the clock states at 24:00 belongs to the day that ends."""
        local = timezone.localtime(self.at)
        if local.time() != time.min:
            return None
        return local.date() if self.who else local.date() - timedelta(days=1)

    @property
    def clause(self) -> str:
        """The clause that the fact is about, empty for none."""
        return str(self.payload.get("term", "")).rpartition(".")[0]


Names = Mapping[UUID, str]
Tells = Callable[[Sequence[Recorded], Names], Mapping[int, str]]
_details: dict[str, Tells] = {}
_named: set[str] = set()


def offer_detail(name: str, tells: Tells, *, people: Iterable[str] = ()) -> None:
    """Let a higher floor say what the facts of a page are about, by sequence, as text or safe HTML, in one question.

    `people` are the fields of facts that hold people; their names are asked for with those of the page, and handed in.
    Raises `ValueError` when a detail of that name is offered already.
    """
    if name in _details:
        raise ValueError(f"activity has {name} already")
    _details[name] = tells
    _named.update(people)


Links = Callable[[Sequence[Recorded], Actor, Order], Mapping[int, Link]]
_links: dict[str, Links] = {}


def offer_links(name: str, links: Links) -> None:
    """Let a higher floor put a link beside facts that stand, by sequence; raises `ValueError` when it does already."""
    if name in _links:
        raise ValueError(f"activity has links of {name} already")
    _links[name] = links


Firm = Callable[[Sequence[Recorded]], Collection[int]]
_firm: dict[str, Firm] = {}


def offer_firm(name: str, firm: Firm) -> None:
    """Let a room say which facts of a page stand firm, by sequence, so that no link offers to take them back.

    A room asks for all facts of a page together. Raises `ValueError` when it says so already.
    """
    if name in _firm:
        raise ValueError(f"activity is told by {name} already what stands firm")
    _firm[name] = firm


def happenings(
    order: Order, actor: Actor, *, before: int | None = None, size: int = PAGE, known: Iterable[Person] = ()
) -> tuple[list[Happening], int | None]:
    """What happened, newest first, and the sequence before which it goes on (None: no more).

    `known` are people whose names need not be asked for. Two queries, and at most two more for names and withdrawals.
    """
    entries = Entry.objects.filter(order_id=order.pk).order_by("-sequence")
    found = journal.recorded((entries.filter(sequence__lt=before) if before else entries)[: size + 1])
    later = journal.recorded(entries.filter(fact=WITHDRAWN, sequence__gte=before)) if before else []
    gone = corrections.gone(reversed([*later, *found]))
    seen = visible(found[:size], actor)
    names = {person.pk: person.name for person in known}
    asked = {each for fact in (*seen, *gone.values()) for each in _people(fact)} - names.keys()
    names |= names_of(asked) if asked else {}
    more = found[size - 1].sequence if len(found) > size else None
    details: dict[int, str] = {}
    for tells in _details.values():
        details |= tells(seen, names)
    links = _links_beside([fact for fact in seen if str(fact.id) not in gone], actor, order)
    told = ((fact, _happening(fact, names, gone.get(str(fact.id)))) for fact in seen)
    return [
        replace(each, detail=details.get(fact.sequence, ""), link=links.get(fact.sequence)) for fact, each in told
    ], more


def _links_beside(standing: Sequence[Recorded], actor: Actor, order: Order) -> dict[int, Link]:
    """The links beside facts that stand and can still be moved."""
    firm = {sequence for told in _firm.values() for sequence in told(standing)}
    links: dict[int, Link] = {}
    for offered in _links.values():
        links |= offered([fact for fact in standing if fact.sequence not in firm], actor, order)
    return links


def _people(fact: Recorded) -> list[UUID]:
    """Whom a line names: who stated the fact, for whom, whom an escalation told, who agreed, whom its detail names."""
    said = (fact.payload.get(key) for key in ("second_person", *_named))
    named = [UUID(each) for each in said if isinstance(each, str)]
    return [each for each in (fact.actor_id, fact.on_behalf_of, *_told(fact), *named) if each]


def _told(fact: Recorded) -> list[UUID]:
    """Whom an escalation told."""
    said = fact.payload.get("told", ())
    return [UUID(each) for each in said] if isinstance(said, list) else []


def _correction(fact: Recorded, names: Names) -> Correction:
    """How a withdrawal is told beside what it withdraws."""
    reason, second = fact.payload.get("reason"), fact.payload.get("second_person")
    return Correction(
        who=names.get(fact.actor_id, "") if fact.actor_id else "",
        at=fact.at,
        why=reason if isinstance(reason, str) else "",
        second=names.get(UUID(second), "") if isinstance(second, str) else "",
    )


def visible(facts: Iterable[Recorded], actor: Actor) -> list[Recorded]:
    """Those facts of an order, which the actor may see, that they may see as well."""
    eyes = Eyes(actor)
    return [fact for fact in facts if eyes.see(fact)]


class Eyes:
    """What decides whether somebody who may see an order may also see one of its facts."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor.standing

    @cached_property
    def all(self) -> bool:
        """Auditors, holders of the company's posts and the house's own hands see everything."""
        person = self.actor.person
        return person is None or self.actor.kind != "person" or person.is_auditor or person.posts.exists()

    @cached_property
    def departments(self) -> set[str]:
        """The departments whose facts concern the actor: their own and those that they head."""
        person = self.actor.person
        own = {person.department_id} if person and person.department_id else set()
        return {str(each) for each in own | (departments_under(person) if person else set())}

    def see(self, fact: Recorded) -> bool:
        """Whether the fact may be shown."""
        declared = kinds().get(fact.name)
        circle = declared.SEEN_BY if declared else "team"
        if circle in ("team", "everyone") or fact.actor_id == self.actor.id or self.all:
            return True
        person = self.actor.person
        if circle == "records" and person and person.department and person.department.code == "records":
            return True
        named = {str(each) for each in (*fact.units.values(), *fact.payload.values())}
        return str(self.actor.id) in named or bool(named & self.departments)


def _happening(fact: Recorded, names: Names, withdrawal: Recorded | None) -> Happening:
    at, entered = timezone.localtime(fact.at), timezone.localtime(fact.entered)
    late = at.date() < entered.date() if at.time() == time.min else entered - at >= _MOMENT
    return Happening(
        fact=fact.name,
        sequence=fact.sequence,
        who=names.get(fact.actor_id, "") if fact.actor_id else "",
        on_behalf_of=names.get(fact.on_behalf_of, "") if fact.on_behalf_of else "",
        at=fact.at,
        entered=fact.entered if late and fact.actor_kind != "clock" else None,
        payload=fact.payload,
        correction=_correction(withdrawal, names) if withdrawal else None,
        told=_(", ").join(names[each] for each in _told(fact) if each in names),
    )
