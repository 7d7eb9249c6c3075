"""Pages of lists for programs: each begins after a row, so that rows which come in meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from aftersign.kernel.shell.api.problem import Trouble
from aftersign.kernel.shell.paging import could_be_kept

M = TypeVar("M", bound=Model)
T = TypeVar("T")
MOST, USUAL = 200, 50


class Paging(Schema):
    """Where a page begins and how long it is."""

    after: Annotated[str, Field(max_length=400, description="What `next` of the page before contains.")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many rows a page has at most.")] = USUAL


class Page(Schema, Generic[T]):
    """Rows of a list, and the address of the page that follows (null: there is none)."""

    items: list[T]
    next: str | None = None


def rows_of(rows: QuerySet[M], keys: tuple[str, ...], paging: Paging, *, are_few: bool = False) -> tuple[list[M], str]:
    """The rows of a page in the order of some columns, `-` before one for descending, and the cursor of the next.

    The last column is unique. One query. Rows that `are_few` within a large table are found first and sorted then:
    left to itself, a database may walk through the whole table in the order of its ids to save the sorting.
    """
    found = rows.order_by(*(Coalesce(key, key) for key in keys) if are_few else keys)
    if paging.after:
        found = found.filter(_beyond(keys, _read(rows.model, keys, paging.after)))
    window = list(found[: paging.limit + 1])
    shown = window[: paging.limit]
    return shown, _write(shown[-1], keys) if len(window) > paging.limit else ""


def next_page(request: HttpRequest, cursor: str) -> str | None:
    """The address of the page after a cursor, in the answer's header as well; None for no cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["after"] = cursor
    address = f"{request.path}?{query.urlencode()}"
    request.next_page = address  # type: ignore[attr-defined]
    return address


def whole_number(cursor: str) -> int:
    """A cursor that is a plain number, 0 for none; raises `Trouble` for anything else."""
    if not cursor:
        return 0
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        return int(cursor)
    raise no_cursor()


def _beyond(keys: tuple[str, ...], values: list[Any]) -> Q:
    """The rows after one in their order; the first column is bounded by itself, so that its index is used."""
    found, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, down = key.removeprefix("-"), key.startswith("-")
        found |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    first = keys[0]
    return Q(**{f"{first.removeprefix('-')}__{'lte' if first.startswith('-') else 'gte'}": values[0]}) & found


def _write(row: Model, keys: tuple[str, ...]) -> str:
    values = [str(getattr(row, key.removeprefix("-"))) for key in keys]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(model: type[Model], keys: tuple[str, ...], cursor: str) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        fields = [model._meta.get_field(key.removeprefix("-")) for key in keys]
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise ValueError(cursor)
        pairs = zip(fields, values, strict=True)
        read = [field.to_python(value) for field, value in pairs]  # type: ignore[union-attr]
        if not all(map(could_be_kept, read)):
            raise ValueError(cursor)
        return read
    except (ValueError, RecursionError, binascii.Error, ValidationError, OverflowError):
        raise no_cursor() from None


def no_cursor() -> Trouble:
    """That what should begin a page is none of those that were given out."""
    return Trouble("malformed", _("Take `after` from the page before: this is not one."))
