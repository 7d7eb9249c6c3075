"""The facts of a database, each hashed anew from what stands in its row."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from aftersign.kernel.journal.canonical import of_simple
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.proof import raw
from aftersign.kernel.journal.proof.following import Following
from aftersign.kernel.journal.proof.private import MARK, Privacy, Value
from aftersign.kernel.journal.proof.raw import Row
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.journal.proof.stories import STORIES, Stories

_TEXT = (
    b'{"actor_id":%b,"actor_kind":%b,"at":"%b","entered":"%b","fact":%b,"files":%b,"id":"%b","on_behalf_of":%b,'
    b'"order_id":%b,"payload":%b,"previous_hash":"%b","request_id":%b,"seen":%b,"sequence":%b,"unit":%b,"unit_id":%b,'
    b'"units":%b}'
)
_STORIES = frozenset(name.encode() for name in STORIES)
_MOST = 50_000
"""Texts that are remembered as they are quoted."""
MANY = 1000


def _read(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return None


class _Quoted(dict[bytes, bytes]):
    """Texts as JSON writes them, each worked out once."""

    def __missing__(self, text: bytes) -> bytes:
        self[text] = said = of_simple(text.decode()).encode()
        return said


class Rows:
    """The way through the rows of a database; `following.states` has the roots that were asked for afterwards."""

    def __init__(self, report: Report, marks: Container[int]) -> None:
        self.report = report
        self.following = Following(report, marks)
        self.privacy, self.stories = Privacy(report), Stories()
        self._quoted = _Quoted()

    def read(self) -> bool:
        """Read all facts, also those that come meanwhile, until the end of the chain agrees; True when it is done."""
        before, after = None, raw.BEGIN
        while before != after:
            before = after
            for facts, values in raw.chunks(after):
                if len(self._quoted) > _MOST:
                    self._quoted.clear()
                for row in facts:
                    self._step(row, values)
                after = int(facts[-1][raw.SEQUENCE])
            tail = Tail.objects.filter(pk=1).values_list("sequence", "hash").first()
            if tail is None or type(tail[0]) is not int or tail[0] <= after:
                break
        self._compare_end(max(after, 0), tail)
        self.report.facts = self.following.expected - 1
        self._look_for_strays()
        self.privacy.end()
        return True

    def _step(self, row: Row, values: Mapping[int, Sequence[Value]]) -> None:
        said, by, kind, at, entered, fact, files, pk, behalf, order, payload, before, request, seen, number, *unit = row
        quoted, sequence = self._quoted, int(number)
        try:
            text = _TEXT % (
                *(by, quoted[kind], at, entered, quoted[fact], files, pk, behalf, order, payload, before),
                *(quoted[request], seen, number, quoted[unit[0]], quoted[unit[1]], unit[2]),
            )
            computed = sha256(text).hexdigest().encode()
        except (TypeError, ValueError, AttributeError):
            computed = b"none"
        self.following.step(sequence, before or b"", said or b"", computed)
        payload = payload or b""
        if MARK in payload or sequence in values:
            beside = values.get(sequence, ())
            if not self.privacy.are_kept(payload, beside):
                self.privacy.step(sequence, _read(payload), beside)
        if fact in _STORIES:
            self.stories.step(sequence, fact.decode(), _read(payload), self.privacy)

    def _compare_end(self, last: int, tail: tuple[int, str] | None) -> None:
        """Whether the chain ends where its tail says."""
        if tail is None:
            self.report.problem("tail", None, "the end of the chain is not marked")
        elif tail != (last, (self.following.previous or b"").decode(errors="replace")):
            said = f"the chain should end with fact {tail[0]} and its hash, and ends with fact {last}"
            self.report.problem("tail", last, said)

    def _look_for_strays(self) -> None:
        """Private values of facts that are not there, and rows without a number."""
        unknown = PrivateValue.objects.exclude(Exists(Entry.objects.filter(sequence=OuterRef("entry_id"))))
        for sequence, key in unknown.values_list("entry_id", "key").order_by("entry_id")[:MANY]:
            said = f"a private value {key} belongs to a fact that is not there"
            self.report.problem("private_stray", sequence, said)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT sequence FROM journal WHERE typeof(sequence) <> 'integer'")
                for (sequence,) in cursor.fetchall():
                    self.report.problem("row_misplaced", None, f"a fact has the number {sequence!r}, which is none")
