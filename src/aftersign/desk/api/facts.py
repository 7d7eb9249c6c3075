"""The journal for programs, as far as the person may see it: facts in the order in which they were stated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.api.bearer import actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Page, Paging, next_page, whole_number
from aftersign.kernel.shell.api.values import Who, words
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import visible
from aftersign.policy.unit import visible_facts

router = Router(tags=["facts"])


class FactFilter(Paging):
    """Which facts are listed; `after` is a sequence."""

    order: Annotated[str, words(20, description="The number of the order.")] = ""
    fact: Annotated[str, words(80, description="The name of a kind of fact, such as order.signed.")] = ""


class FactShown(Schema):
    """A fact: what happened when, when it was recorded, by whom, and what it says.

    A value that was erased stands there as its commitment. `hash` chains the fact to the one before it.
    """

    sequence: int
    id: UUID
    fact: str
    order: str | None
    unit: str
    unit_id: str
    units: dict[str, str]
    at: datetime
    entered: datetime
    actor_kind: str
    actor: Who | None
    on_behalf_of: Who | None
    payload: dict[str, Any]
    files: list[str]
    hash: str


class FactPage(Page[FactShown]):
    """Facts, the oldest first; a page may hold fewer than it could, while there is a next one."""


@router.get("/facts", response=FactPage, **scoped("facts:read"))
def list_facts(request: HttpRequest, asked: Query[FactFilter]) -> FactPage:
    """The facts that the person may see, in the order in which they were stated."""
    wanted = {"order__number": asked.order, "fact": asked.fact}
    seen = visible_facts(actor_of(request)).filter(**{name: value for name, value in wanted.items() if value})
    later = seen.filter(sequence__gt=whole_number(asked.after)).order_by("sequence")
    window = list(later.values_list("id", "sequence")[: asked.limit + 1])
    page = window[: asked.limit]
    facts = visible(journal.by_ids(pk for pk, _sequence in page), actor_of(request)) if page else []
    cursor = str(page[-1][1]) if len(window) > asked.limit else ""
    return FactPage.model_construct(items=_shown(facts), next=next_page(request, cursor))


@router.get("/facts/{uuid:fact}", response=FactShown, **scoped("facts:read"))
def read_fact(request: HttpRequest, fact: UUID) -> FactShown:
    """One fact."""
    if not visible_facts(actor_of(request)).filter(pk=fact).exists():
        raise Http404
    found = _shown(visible(journal.by_ids([fact]), actor_of(request)))
    if not found:
        raise Http404
    return found[0]


def _shown(facts: Sequence[Recorded]) -> list[FactShown]:
    """Facts with the names of their people and the numbers of their orders; two queries at most."""
    people = Person.objects.in_bulk({each for fact in facts for each in (fact.actor_id, fact.on_behalf_of) if each})
    ids = {fact.order_id for fact in facts if fact.order_id}
    numbers = dict(Order.objects.filter(pk__in=ids).values_list("pk", "number")) if ids else {}
    return [_fact(fact, people, numbers) for fact in facts]


def _fact(fact: Recorded, people: dict[UUID, Person], numbers: dict[UUID, str]) -> FactShown:
    names = ("sequence", "id", "unit", "unit_id", "units", "at", "entered", "actor_kind", "payload", "files", "hash")
    return FactShown.model_construct(
        **{name: getattr(fact, name) for name in names},
        fact=fact.name,
        order=numbers.get(fact.order_id) if fact.order_id else None,
        actor=_who(people, fact.actor_id),
        on_behalf_of=_who(people, fact.on_behalf_of),
    )


def _who(people: dict[UUID, Person], pk: UUID | None) -> Who | None:
    person = people.get(pk) if pk else None
    return Who.model_construct(account=person.account, name=person.name) if person else None
