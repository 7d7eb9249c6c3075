"""What an act was given, as it stands under the lock: somebody may have left since the page was made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from aftersign.kernel.org.models import Person

M = TypeVar("M", bound=Model)


def anew(row: M) -> M:
    """A row read again."""
    found: M = type(row)._default_manager.get(pk=row.pk)
    return found


def people_anew(people: Iterable[Person]) -> dict[UUID, Person]:
    """People read again, by id; one query."""
    found = Person.objects.select_related("department").filter(pk__in=[each.pk for each in people])
    return {each.pk: each for each in found}
