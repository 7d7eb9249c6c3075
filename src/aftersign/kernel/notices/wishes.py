"""How people want to be told: by reason in the inbox, by mail too, or not at all, and whether a digest comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from aftersign.kernel.notices.models import Wishes
from aftersign.kernel.notices.registry import OVERDUE, Reason, reason, reasons
from aftersign.kernel.org.models import Person

MAIL, INBOX, NONE = "mail", "inbox", "none"
WAYS = (MAIL, INBOX, NONE)


def wishes_of(person: Person) -> Wishes:
    """Somebody's wishes, those of everybody where they have none of their own."""
    return Wishes.objects.filter(pk=person.pk).first() or Wishes(person=person)


def wishes_by_person(ids: Iterable[UUID]) -> Mapping[UUID, Wishes]:
    """The wishes of those who have any of their own; one query."""
    return {each.person_id: each for each in Wishes.objects.filter(pk__in=set(ids))}


def usual(about: Reason) -> str:
    """How everybody is told for a reason until they wish otherwise."""
    return MAIL if about.level >= OVERDUE else INBOX


def way(wishes: Wishes | None, about: Reason) -> str:
    """How somebody is told for a reason; nothing keeps away what is late or escalated."""
    wished = wishes.ways.get(about.name) if wishes and not about.is_binding else None
    return wished if wished in WAYS else usual(about)


def wish(person: Person, ways: Mapping[str, str], *, digest: bool) -> Wishes:
    """Keep somebody's wishes; raises `KeyError` for an unknown reason, `ValueError` where the wish cannot be."""
    for name, wished in ways.items():
        if wished not in WAYS or (reason(name).is_binding and wished != MAIL):
            raise ValueError(f"{name} cannot be told by {wished}")
    kept = {each.name: ways[each.name] for each in reasons() if ways.get(each.name, usual(each)) != usual(each)}
    found, _made = Wishes.objects.update_or_create(pk=person.pk, defaults={"ways": kept, "digest": digest})
    return found
