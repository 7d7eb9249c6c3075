"""Queries put together once and asked again for others: for what every page asks, that takes longer than the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

KEPT = 500
"""How many forms of a query are kept, by the values of it that are no ids and by how many ids there are."""
_ID = UUIDField()
_FIRST = 0x5AFE << 112
"""The first of the ids with which queries are put together: no id of anything."""


class Sql(NamedTuple):
    """A query as text, with its values."""

    text: str
    values: Sequence[Any]


class _Made(NamedTuple):
    """A query as text; of its values those that are given anew stand as numbers of the ids that are asked for."""

    sql: str
    values: list[tuple[int | None, Any]]
    compiler: SQLCompiler
    converters: Any
    rows_of: type[Model] | None


class Prepared:
    """A query of ids, and of other values that differ little from one time to the next.

        _views = Prepared(lambda person, name: SavedView.objects.filter(owner=person, list_name=name))
        _views.rows(person.pk, "orders")

    `build` is called with an id for each id, a tuple of ids for each tuple of ids, and with all other values as they
    are; what it does with ids must not depend on which they are.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build, self._made = build, dict[tuple[Any, ...], _Made | None]()

    def rows(self, *given: Any) -> list[Any]:
        """What the query answers now: rows of its model or, where it asks for values, tuples."""
        made = self._of(given)
        if made is None:
            return []
        values = _filled(made, given)
        if made.rows_of is not None:
            return list(made.rows_of._default_manager.raw(made.sql, values))
        with connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            found: Iterable[Any] = cursor.fetchall()
        return [tuple(row) for row in made.compiler.apply_converters(found, made.converters)]

    def asked(self, *given: Any) -> Sql | None:
        """The query as it would be asked, for `counts_of`; None where nothing can be found."""
        made = self._of(given)
        return Sql(made.sql, _filled(made, given)) if made else None

    def _of(self, given: tuple[Any, ...]) -> _Made | None:
        form = (connection.vendor, *map(_form, given))
        if form not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            self._made[form] = self._put_together(given)
        return self._made[form]

    def _put_together(self, given: tuple[Any, ...]) -> _Made | None:
        count, marked = 0, []
        for value in given:
            ids = tuple(UUID(int=_FIRST + count + n) for n, _each in enumerate(_ids(value)))
            marked.append(ids if isinstance(value, tuple) else ids[0] if ids else value)
            count += len(ids)
        queryset = self._build(*marked)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
        numbers = {_ID.get_db_prep_value(UUID(int=_FIRST + n), connection): n for n in range(count)}
        shown = [column for column, *_rest in compiler.select[: compiler.col_count]]
        places = [(numbers.get(each), each) for each in values]
        rows_of = queryset.model if issubclass(queryset._iterable_class, ModelIterable) else None
        return _Made(sql, places, compiler, compiler.get_converters(shown), rows_of)


def counts_of(queries: Sequence[Sql | None]) -> list[int]:
    """How many rows each of these queries answers with, counted by one query; none for None."""
    known = [each for each in queries if each is not None]
    if not known:
        return [0] * len(queries)
    counts = (f"(SELECT COUNT(*) FROM ({each.text}) counted)" for each in known)  # noqa: S608 (queries that Django wrote)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [value for each in known for value in each.values])
        found = iter(cursor.fetchone())
    return [0 if each is None else int(next(found)) for each in queries]


def _filled(made: _Made, given: tuple[Any, ...]) -> list[Any]:
    ids = [_ID.get_db_prep_value(each, connection) for value in given for each in _ids(value)]
    return [fixed if number is None else ids[number] for number, fixed in made.values]


def _form(value: Any) -> Any:
    if isinstance(value, tuple):
        return len(value)
    return UUID if isinstance(value, UUID) else value


def _ids(value: Any) -> tuple[UUID, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, UUID) else ()
