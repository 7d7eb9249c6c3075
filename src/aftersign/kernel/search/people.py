"""How people are found: by name, account, pinyin and initials."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import Person
from aftersign.kernel.search.content import Content, Source
from aftersign.kernel.search.sources import changed_by, unit_hits, units_visible


def _everybody() -> QuerySet[Person]:
    return Person.objects.filter(is_operating=False).order_by("pk")


def _rows(ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
    for row in _everybody().filter(pk__in=ids).select_related("department"):
        others = (row.title, row.department.name if row.department else "")
        yield row.pk, Content(names=(row.name, row.account), others=others, sounds=(row.name,))


def _of_department(fact: Recorded) -> Iterable[UUID]:
    return _everybody().filter(department=UUID(fact.units["department"])).values_list("pk", flat=True)


def _detail(row: Person) -> str:
    return " · ".join(filter(None, (row.department.name if row.department else "", row.title, row.account)))


PEOPLE = Source(
    name="person",
    label=_("People"),
    order=30,
    ids=lambda: _everybody().values_list("pk", flat=True),
    rows=_rows,
    hits=unit_hits("person", "user", _detail, "department"),
    visible=units_visible("person"),
    changes=changed_by("person", "general.person_listed", "general.person_moved", "general.person_left")
    | {"general.department_changed": _of_department},
)
