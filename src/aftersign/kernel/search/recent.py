"""What people have opened last: a few records each, kept as they go and told to nobody else."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Model

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.search.asking import shown
from aftersign.kernel.search.content import Hit
from aftersign.kernel.search.models import Opened
from aftersign.kernel.search.sources import sources

KEPT = 12


def remember(actor: Actor, kind: str, pk: UUID) -> None:
    """Put down that whoever acts has opened a record that they may see; only the latest few stay."""
    if actor.person is None:
        return
    mine = Opened.objects.filter(person=actor.person)
    with transaction.atomic():
        mine.filter(kind=kind, unit_id=pk).delete()
        Opened.objects.create(person=actor.person, kind=kind, unit_id=pk, at=now())
        kept = list(mine.order_by("-pk").values_list("pk", flat=True))
        mine.filter(pk__in=kept[KEPT:]).delete()


def latest(actor: Actor, *, but: Model | None = None) -> list[Hit]:
    """What somebody has opened last and may still see, the last first; without the record that is before them."""
    rows = Opened.objects.filter(person=actor.person).order_by("-pk").values_list("kind", "unit_id")
    opened = [(kind, pk) for kind, pk in rows[:KEPT] if but is None or pk != but.pk]
    hits: dict[tuple[str, UUID], Hit] = {}
    for each in sources():
        ids = [pk for kind, pk in opened if kind == each.name]
        seen = each.visible(actor) if ids else None
        if seen is not None:
            ids = list(seen.filter(pk__in=ids).values_list("pk", flat=True))
        hits |= {(each.name, hit.id): hit for hit in shown(each, ids)}
    return [hits[place] for place in opened if place in hits]
