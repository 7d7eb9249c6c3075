"""Saved views of lists: which one is open, whether it has been changed, and saving, sharing and deleting them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.prepared import Prepared
from aftersign.kernel.shell import bounded
from aftersign.kernel.shell.models import SavedView, Sharing

_NO_STATE = ("view", "after", "before", "pages", "format", "all")


def visible_to(person: Person, list_name: str) -> list[SavedView]:
    """A person's own views of a list, and those that colleagues share with them, each with its `owner_name`."""
    return _visible.rows(person.pk, person.department_id, list_name)


def _views(person: UUID, department: UUID | None, list_name: str) -> QuerySet[SavedView]:
    shared = Q(shared_with=Sharing.COMPANY)
    if department:
        shared |= Q(shared_with=Sharing.DEPARTMENT, owner__department=department)
    views = SavedView.objects.filter(Q(owner=person) | shared, list_name=list_name)
    return views.annotate(owner_name=F("owner__name")).order_by("label", "pk")


_visible = Prepared(_views)


def stored(query: QueryDict) -> str:
    """The state that a view keeps: no place, no other view, nothing unkeepable, names and values in one order."""
    listed = bounded.keepable(query).lists()
    pairs = [(name, value) for name, values in listed if name not in _NO_STATE for value in values if value]
    kept = QueryDict(mutable=True)
    for name, value in sorted(pairs):
        kept.appendlist(name, value)
    return kept.urlencode()


class Views:
    """The saved views of a list for one request."""

    def __init__(self, request: HttpRequest, list_name: str) -> None:
        actor: Actor | None = getattr(request, "actor", None)
        self.person = actor.person if actor else None
        self.list_name, self.query = list_name, request.GET

    @cached_property
    def all(self) -> list[SavedView]:
        """Every view that the reader may open."""
        return visible_to(self.person, self.list_name) if self.person else []

    @cached_property
    def current(self) -> SavedView | None:
        """The view that the address names, or the reader's own default when it names nothing at all."""
        wanted = self.query.get("view", "")
        if wanted:
            return next((view for view in self.all if str(view.pk) == wanted), None)
        if self.query:
            return None
        return next(
            (view for view in self.all if view.is_default and view.owner_id == getattr(self.person, "pk", None)), None
        )

    def state(self, query: QueryDict) -> QueryDict:
        """The list's state: what the address says, or what the view says when the address only names it."""
        said = {name for name in query if name not in ("view", "after", "before")}
        if self.current and not said:
            state = QueryDict(self.current.query, mutable=True)
            state["view"] = str(self.current.pk)
            for name in ("after", "before"):
                if place := query.get(name):
                    state[name] = place
            return state
        return query.copy()

    @property
    def sharings(self) -> list[tuple[str, Any]]:
        """With whom a view may be shared."""
        return list(Sharing.choices)

    @property
    def changed(self) -> bool:
        """Whether the list stands otherwise than its view says."""
        if self.current is None:
            return False
        return stored(self.state(self.query)) != stored(QueryDict(self.current.query))

    @property
    def owned(self) -> bool:
        """Whether the open view is the reader's own."""
        return self.current is not None and self.person is not None and self.current.owner_id == self.person.pk


def save(
    person: Person, list_name: str, label: str, query: str, *, shared_with: str = "", is_default: bool = False
) -> SavedView:
    """Keep a view under a label, instead of the person's view of that label if there is one."""
    with transaction.atomic():
        if is_default:
            SavedView.objects.filter(owner=person, list_name=list_name, is_default=True).update(is_default=False)
        kept = {"query": stored(QueryDict(query)), "shared_with": shared_with, "is_default": is_default}
        view, _new = SavedView.objects.update_or_create(owner=person, list_name=list_name, label=label, defaults=kept)
    return view


def change(view: SavedView, query: str) -> None:
    """Let a view keep another state."""
    view.query = stored(QueryDict(query))
    view.save(update_fields=["query"])
