"""Tables of running orders as they are kept: sent, moved on, read again, and thrown away when nobody needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from aftersign.desk.importing.maps import ImportMap, as_map, load_map
from aftersign.desk.models import AT_WORK, LOOKED, LOOKING, SENT, TAKEN, TAKING, OrderTable, OrderTableFile
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.sheets import Sheet, Unreadable, sheet_of

KEPT = timedelta(days=7)
"""How long a table waits for whoever sent it; one that has come in keeps only what became of it."""
MOVES: Mapping[str, Sequence[str]] = {
    SENT: (LOOKING,),
    LOOKING: (LOOKED, SENT),
    LOOKED: (LOOKING, TAKING, SENT),
    TAKING: (TAKEN, LOOKED, SENT),
    TAKEN: (),
}
"""Where a table goes from each state; back to sent where it cannot be read."""


def tables_of(actor: Actor) -> QuerySet[OrderTable]:
    """The tables that were sent in somebody's name, by themselves or by whoever acted for them; the latest first."""
    principal = actor.principal.pk if actor.principal else None
    own = Q(on_behalf_of=principal) | Q(on_behalf_of=None, sent_by=principal)
    return OrderTable.objects.filter(own).select_related("sent_by", "on_behalf_of")


def table_of(actor: Actor, pk: UUID) -> OrderTable:
    """One of them; raises `Http404` for any other."""
    return load(tables_of(actor), pk=pk)


def keep(actor: Actor, sheet: Sheet, files: Mapping[str, bytes], chart_name: str) -> OrderTable:
    """Keep what was sent; a table takes over the map of the last one that had its columns."""
    at = now()
    with transaction.atomic():
        table = OrderTable.objects.create(
            name=sheet.name,
            sent_by=cast(Person, actor.person),
            on_behalf_of=actor.on_behalf_of,
            sent_at=at,
            state_at=at,
            heads=list(sheet.columns),
            rows=len(sheet.rows),
            chart_name=chart_name,
            chart={} if chart_name else _remembered(sheet.columns),
        )
        OrderTableFile.objects.bulk_create(
            OrderTableFile(table=table, name=name, content=content) for name, content in files.items()
        )
    return table


def move(table: OrderTable, to: str, **said: Any) -> bool:
    """Bring a table into another state with what is said of it; answers whether it still stood where it was thought."""
    if to not in MOVES[table.state]:
        raise ValueError(f"a table goes from {table.state} nowhere near {to}")
    said |= {"state": to, "state_at": now()}
    moved = OrderTable.objects.filter(pk=table.pk, state=table.state).update(**said)
    if moved:
        table.refresh_from_db()
    if moved and to == TAKEN:
        table.files.all().delete()
    return bool(moved)


def chart_of(table: OrderTable) -> ImportMap:
    """The map by which a table is read; raises `BadMap`."""
    return load_map(table.chart_name) if table.chart_name else as_map(table.chart, table.name)


def sheet_in(table: OrderTable, name: str, loose: str = "") -> Sheet:
    """One of its files as a table; raises `Unreadable`, also for a file that was not sent."""
    file = table.files.filter(name=name).first()
    if file is None:
        raise Unreadable(name)
    return sheet_of(name, bytes(file.content), loose)


def throw_away_old() -> None:
    """What was never taken in goes after some days, unless somebody is at work on it."""
    old = OrderTable.objects.filter(state_at__lt=now() - KEPT).exclude(state__in=(*AT_WORK, TAKEN))
    if old.exists():
        old.delete()


def _remembered(heads: Sequence[str]) -> dict[str, Any]:
    """The map by which the last table with these columns came in."""
    before = OrderTable.objects.filter(state=TAKEN, heads=list(heads), chart_name="").exclude(chart={})
    return before.order_by("-sent_at").values_list("chart", flat=True).first() or {}
