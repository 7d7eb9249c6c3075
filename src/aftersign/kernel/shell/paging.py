"""Keyset paging: pages that start after a row, so that rows which come in meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import Http404

KEY = "sort_key"
COUNTED = 10_000


@dataclass
class Page:
    """Rows of one page with the cursors of its neighbours (empty: there is none), and how many rows there are.

    `total` is exact up to ten thousand; beyond, `more` is true.
    """

    rows: list[Any]
    previous: str
    following: str
    total: int
    more: bool


def page(rows: QuerySet[Any], sort: str, size: int, *, after: str = "", before: str = "") -> Page:
    """The page of a queryset in the order of `sort` (a field path, `-` before it for descending), then of the id.

    Two queries: one counts, one reads. Raises `Http404` for a cursor that is none.
    """
    path, down = sort.removeprefix("-"), sort.startswith("-")
    keyed = rows.annotate(**{KEY: F(path)})
    backwards = bool(before)
    cursor = _read(keyed, before or after)
    found = keyed.filter(_beyond(cursor, down != backwards, nulls_come=backwards)) if cursor else keyed
    ordered = found.order_by(*_order(down != backwards, nulls_first=backwards))
    window = list(ordered[: size + 1])
    further = len(window) > size
    shown = window[:size]
    if backwards:
        shown.reverse()
    counted = rows.order_by()[: COUNTED + 1].count()
    has_previous = further if backwards else cursor is not None
    has_following = cursor is not None if backwards else further
    return Page(
        shown,
        _write(shown[0]) if shown and has_previous else "",
        _write(shown[-1]) if shown and has_following else "",
        min(counted, COUNTED),
        counted > COUNTED,
    )


def _order(down: bool, *, nulls_first: bool) -> tuple[Any, Any]:
    nulls: dict[str, Any] = {"nulls_first": True} if nulls_first else {"nulls_last": True}
    key = F(KEY).desc(**nulls) if down else F(KEY).asc(**nulls)
    return key, F("pk").desc() if down else F("pk").asc()


def _beyond(cursor: tuple[Any, Any], down: bool, *, nulls_come: bool) -> Q:
    """Rows beyond the cursor. Rows without a value stand last, so forwards they come after every value."""
    value, pk = cursor
    step = "lt" if down else "gt"
    if value is None:
        same = Q(**{f"{KEY}__isnull": True, f"pk__{step}": pk})
        return same | Q(**{f"{KEY}__isnull": False}) if nulls_come else same
    same = Q(**{KEY: value, f"pk__{step}": pk})
    beyond = Q(**{f"{KEY}__{step}": value}) | same
    return beyond if nulls_come else beyond | Q(**{f"{KEY}__isnull": True})


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
        return field.to_python(value), rows.model._meta.pk.to_python(pk)
    except (ValueError, TypeError, binascii.Error, ValidationError):
        raise Http404 from None
