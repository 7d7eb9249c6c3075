"""Where the words of entries lie and how they are asked: an FTS5 table on SQLite, a column with a GIN index beyond.

Neither database cuts the text itself: it is given tokens, so that both find the same whatever their locale. A token is
kept with a mark of the kind of its record: a word that all orders have and no paper costs nothing among papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import BooleanField, F, Func, UUIDField

from aftersign.kernel.search.models import Entry
from aftersign.kernel.search.words import Phrase, Question, Stream

_TABLE, _WORDS = "search_entry", "search_words"
_BETWEEN = "\ue011"
"""Keeps the end of one stream from the beginning of the next."""
_MARKS = range(0xE100, 0xF800)
"""Letters that no text has, one for a kind; that two kinds should share one does no harm."""


@dataclass(frozen=True)
class Page:
    """The words of one part of a record."""

    kind: str
    unit_id: UUID
    part: int
    sha256: str
    streams: Sequence[Stream]


def put(pages: Sequence[Page]) -> None:
    """Write entries, new ones or over those that stand there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(_PUT_COLUMN, [(*_head(page), _vector(page)) for page in pages])
            return
        for page in pages:
            cursor.execute(_PUT_ENTRY, _head(page))
            cursor.execute(_PUT_WORDS, (cursor.fetchone()[0], _text(page)))


def remove(entries: Any) -> int:
    """Take the entries of a queryset out of the index; answers with how many there were."""
    ids = list(entries.values_list("pk", flat=True))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {_WORDS} WHERE rowid = %s", [(each,) for each in ids])  # noqa: S608
    for at in range(0, len(ids), 500):
        Entry.objects.filter(pk__in=ids[at : at + 500]).delete()
    return len(ids)


def can_look_up() -> bool:
    """Whether one entry can be asked by itself: a table of words is asked for all that it finds."""
    return bool(connection.vendor == "postgresql")


class Matches(Func):
    """Whether an entry of a kind answers a question; used as a condition of a query on entries."""

    output_field = BooleanField()

    def __init__(self, kind: str, question: Question) -> None:
        self.kind, self.question = kind, question
        super().__init__(F("pk"))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[str]]:
        """A look into the column, which its index answers."""
        alias = compiler.quote_name_unless_alias(self.get_source_expressions()[0].alias)
        return f"{alias}.words @@ %s::tsquery", [_asked(self.kind, self.question)]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        """Among the rows that the table of words finds."""
        column, params = compiler.compile(self.get_source_expressions()[0])
        found = f"SELECT rowid FROM {_WORDS} WHERE {_WORDS} MATCH %s"  # noqa: S608 (a name of our own)
        return f"{column} IN ({found})", (*params, _matched(self.kind, self.question))


@cache
def _mark(kind: str) -> str:
    return chr(_MARKS[crc32(kind.encode()) % len(_MARKS)])


def _head(page: Page) -> tuple[Any, ...]:
    return (page.kind, UUIDField().get_db_prep_value(page.unit_id, connection), page.part, page.sha256)


_INTO = f"INSERT INTO {_TABLE} (kind, unit_id, part, sha256"
_OVER = "ON CONFLICT (kind, unit_id, part) DO UPDATE SET sha256 = EXCLUDED.sha256"
_PUT_ENTRY = f"{_INTO}) VALUES (%s, %s, %s, %s) {_OVER} RETURNING id"
_PUT_WORDS = f"INSERT OR REPLACE INTO {_WORDS} (rowid, words) VALUES (%s, %s)"  # noqa: S608 (a name of our own)
_PUT_COLUMN = (
    f"{_INTO}, words) VALUES (%s, %s, %s, %s, %s::tsvector) {_OVER}, words = EXCLUDED.words"
    f" WHERE {_TABLE}.words IS DISTINCT FROM EXCLUDED.words OR {_TABLE}.sha256 <> EXCLUDED.sha256"
)


# PostgreSQL: tokens with their places, `'华东':1 '东智':2`.


def _vector(page: Page) -> str:
    mark, places, place = _mark(page.kind), dict[str, list[str]](), 1
    for stream in page.streams:
        for token in stream:
            places.setdefault(token, []).append(str(place))
            place += 1
        place += 1
    return " ".join(f"'{mark}{token}':{','.join(found)}" for token, found in places.items())


def _asked(kind: str, question: Question) -> str:
    return " & ".join(f"({' <-> '.join(_quoted(_mark(kind), phrase))})" for phrase in question.phrases)


def _quoted(mark: str, phrase: Phrase) -> list[str]:
    found = [f"'{mark}{token}'" for token in phrase.tokens]
    return [*found[:-1], found[-1] + ":*"] if phrase.is_open else found


# SQLite: the tokenizer knows the letters of its own time, so that each character beyond ASCII is written as a number.


def _text(page: Page) -> str:
    return f" {_plain(_BETWEEN)} ".join(_marked(page.kind, stream) for stream in page.streams)


def _marked(kind: str, tokens: Stream) -> str:
    return " ".join(_plain(_mark(kind) + each) for each in tokens)


def _plain(token: str) -> str:
    return token if token.isascii() else "".join(each if each.isascii() else f"{ord(each):05x}" for each in token)


def _matched(kind: str, question: Question) -> str:
    return " AND ".join(f'"{_marked(kind, each.tokens)}"{"*" * each.is_open}' for each in question.phrases)
