"""Keyset paging: pages that start after a row, so that rows which come in meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404

from aftersign.kernel.clock.days import is_within
from aftersign.kernel.org.prepared import Sql, counts_of

KEY = "sort_key"
COUNTED = 10_000


@dataclass
class Page:
    """Rows of one page with the cursors of its neighbours (empty: there is none), and how many rows there are.

    `total` is exact up to what is counted; beyond, `more` is true.
    """

    rows: list[Any]
    previous: str
    following: str
    total: int
    more: bool


def page(
    rows: QuerySet[Any],
    sort: str,
    size: int,
    *,
    after: str = "",
    before: str = "",
    within: Q | None = None,
    most: int = COUNTED,
) -> Page:
    """The page of a queryset in the order of `sort` (a field path, `-` before it for descending), then of the id.

    Two queries: one reads, one counts where not all stand there; a third where those without a value begin. `within`
    repeats what all rows with a value have in common, for an index to begin with; one query more then counts those
    without. Rows are counted up to `most`. Raises `Http404` for a cursor that is none.
    """
    path, down = sort.removeprefix("-"), sort.startswith("-")
    keyed = rows.annotate(**{KEY: F(path)})
    backwards = bool(before)
    cursor = _read(keyed, before or after)
    window: list[Any] = []
    for part in _parts(keyed, cursor, path, down != backwards, backwards, within or Q()):
        window += part[: size + 1 - len(window)] if len(window) <= size else ()
    further = len(window) > size
    shown = window[:size]
    if backwards:
        shown.reverse()
    is_all = cursor is None and not further
    counted = len(shown) if is_all else _count_within(keyed, within, most) if within else at_most(rows, most + 1)
    has_previous = further if backwards else cursor is not None
    has_following = cursor is not None if backwards else further
    return Page(
        shown,
        _write(shown[0]) if shown and has_previous else "",
        _write(shown[-1]) if shown and has_following else "",
        min(counted, most),
        counted > most,
    )


def at_most(rows: QuerySet[Any], most: int) -> int:
    """How many rows there are, counted no further than `most`.

    As `rows[:most].count()`, which takes three times as long to put together: the frame of every page counts.
    """
    return counts_of([up_to(rows, most)])[0]


def up_to(rows: QuerySet[Any], most: int) -> Sql | None:
    """The query whose rows are to be counted, no further than `most`; None where there can be none."""
    try:
        return Sql(*rows.order_by().values("pk")[:most].query.sql_with_params())
    except EmptyResultSet:
        return None


def _count_within(keyed: QuerySet[Any], within: Q, most: int) -> int:
    """How many rows there are, at most one more than `most`."""
    found = at_most(keyed.filter(within, **{f"{KEY}__isnull": False}), most + 1)
    return found + (at_most(keyed.filter(**{f"{KEY}__isnull": True}), most + 1 - found) if found <= most else 0)


def _parts(
    keyed: QuerySet[Any], cursor: tuple[Any, Any] | None, path: str, down: bool, backwards: bool, within: Q
) -> list[QuerySet[Any]]:
    """The rows beyond the cursor in the order of reading, those without a value apart from the others, at the end.

    Each part is in the order of an index as it is, so that a page deep in a long list costs what the first one costs.
    """
    valued = keyed.order_by(*(("-" + KEY, "-pk") if down else (KEY, "pk")))
    if not _may_lack(keyed.model, path):
        return [_beyond(valued, cursor, down) if cursor else valued]
    valued = valued.filter(within, **{f"{KEY}__isnull": False})
    bare = keyed.filter(**{f"{KEY}__isnull": True}).order_by("-pk" if down else "pk")
    if cursor is None:
        return [valued, bare]
    if cursor[0] is None:
        bare = bare.filter(**{f"pk__{'lt' if down else 'gt'}": cursor[1]})
        return [bare, valued] if backwards else [bare]
    beyond = _beyond(valued, cursor, down)
    return [beyond] if backwards else [beyond, bare]


def _may_lack(model: type[Model], path: str) -> bool:
    """Whether a row may have no value at a field path; what is worked out may."""
    for name in path.split(LOOKUP_SEP):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True):
            return True
        model = field.related_model if isinstance(field.related_model, type) else model
    return False


def _beyond(rows: QuerySet[Any], cursor: tuple[Any, Any], down: bool) -> QuerySet[Any]:
    value, pk = cursor
    step = "lt" if down else "gt"
    # The bound by itself is what an index can begin with.
    return rows.filter(Q(**{f"{KEY}__{step}": value}) | Q(**{f"pk__{step}": pk}), **{f"{KEY}__{step}e": value})


def _write(row: Any) -> str:
    value = getattr(row, KEY)
    said = [None if value is None else str(value), str(row.pk)]
    return base64.urlsafe_b64encode(json.dumps(said, ensure_ascii=False).encode()).decode().rstrip("=")


def _read(rows: QuerySet[Any], cursor: str) -> tuple[Any, Any] | None:
    if not cursor:
        return None
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        field = rows.query.annotations[KEY].output_field
        read = field.to_python(value)
        if not could_be_kept(read):
            raise Http404
        return read, rows.model._meta.pk.to_python(pk)
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError):
        raise Http404 from None


def could_be_kept(value: Any) -> bool:
    """Whether a column could hold a value that came with a cursor; no database is asked about any other."""
    if isinstance(value, date):
        return is_within(value)
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value.adjusted()) <= 24
    return abs(value) < 1 << 63 if isinstance(value, int) else "\0" not in str(value)
