"""What would be lost with the sample company: what was made, what was tried out in it, and what others did there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import people
from aftersign.orders.models import Order

FACTS = "facts"
"""Under which name the mark of the sample company remembers how many facts it was made of."""


@dataclass(frozen=True)
class Doer:
    """Somebody who is not of the sample company, and how many facts they have stated in it."""

    name: str
    facts: int


@dataclass(frozen=True)
class Stock:
    """What there is. Since the company was made, people have stated `tried` facts in it and imports `imported`;
    `others` are the people who are not of it.
    """

    facts: int
    orders: int
    people: int
    tried: int
    imported: int
    others: tuple[Doer, ...]

    @property
    def is_foreign(self) -> bool:
        """Whether there is anything that is nobody's sample."""
        return bool(self.others or self.imported)


def stock() -> Stock | None:
    """What there is in a database that is marked as one of the sample company, None in any other; six queries."""
    mark = marks.of(marks.DEMO)
    if mark is None:
        return None
    made = mark.said.get(FACTS)
    since = Entry.objects.filter(sequence__gt=made) if made is not None else Entry.objects.none()
    kinds = dict(since.values_list("actor_kind").annotate(Count("sequence")).order_by())
    return Stock(
        facts=Entry.objects.count(),
        orders=Order.objects.count(),
        people=people().count(),
        tried=kinds.get("person", 0),
        imported=kinds.get("import", 0),
        others=tuple(_others()),
    )


def _others() -> Iterator[Doer]:
    """People of their own, with or without facts."""
    strangers = Person.objects.filter(is_sample=False, is_operating=False).order_by("name")
    stated = Entry.objects.filter(actor_kind="person", actor_id__in=strangers.order_by().values("pk"))
    facts = dict(stated.values_list("actor_id").annotate(Count("sequence")).order_by())
    for person in strangers:
        yield Doer(person.name, facts.get(person.pk, 0))
