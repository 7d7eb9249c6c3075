"""Load and authorise in one gesture: what may not be seen is not there."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.units import registry

U = TypeVar("U", bound=Model)


def load(visible: QuerySet[U], **lookup: Any) -> U:
    """The one record of a queryset of visible records; raises `Http404` when there is none."""
    found = visible.filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def visible(actor: Actor, kind: str) -> QuerySet[Any]:
    """The records of a kind of unit that an actor may see."""
    return registry.kind(kind).visible_to(actor.standing)


def load_unit(actor: Actor, kind: str, pk: str) -> Any:
    """A unit of any kind by id, for whoever may see it; raises `Http404` otherwise."""
    if not registry.has(kind):
        raise Http404
    return load(visible(actor, kind), pk=pk)
