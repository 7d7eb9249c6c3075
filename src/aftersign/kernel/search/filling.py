"""Filling the index: what has changed is written anew, and all of it can be built again from the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from aftersign.kernel.search import storage, words
from aftersign.kernel.search.content import Content, Source
from aftersign.kernel.search.models import Entry, FileText
from aftersign.kernel.search.sounds import sounds
from aftersign.kernel.search.words import BEGIN, Stream

BATCH = 500
READABLE = (".pdf", ".docx")
"""Files out of which text is read, by the ends of their names."""


def write(source: Source, ids: Sequence[UUID]) -> int:
    """Write records anew, or take them out where they are gone; answers with how many of them are found now."""
    return sum(_write(source, ids[at : at + BATCH]) for at in range(0, len(ids), BATCH))


def rebuild(source: Source) -> int:
    """Write all records of a source and take out what is left of others; answers with how many are found.

    It is written in batches, each kept by itself, and can be searched meanwhile.
    """
    ids = list(source.ids())
    number = 0
    for at in range(0, len(ids), BATCH):
        number += _write(source, ids[at : at + BATCH])
    known = set(ids)
    entries = Entry.objects.filter(kind=source.name)
    gone = [pk for pk in entries.values_list("unit_id", flat=True).distinct() if pk not in known]
    for at in range(0, len(gone), BATCH):
        storage.remove(entries.filter(unit_id__in=gone[at : at + BATCH]))
    return number


@transaction.atomic
def _write(source: Source, ids: Sequence[UUID]) -> int:
    rows = dict(source.rows(ids))
    texts = _texts([content.file for content in rows.values() if content.file])
    pages = {pk: _pages(source.name, pk, rows[pk], texts) for pk in ids if pk in rows}
    storage.put(list(chain.from_iterable(pages.values())))
    standing = Entry.objects.filter(kind=source.name, unit_id__in=ids)
    if len(rows) < len(ids):
        storage.remove(standing.exclude(unit_id__in=rows))
    further = standing.filter(part__gt=0).values_list("pk", "unit_id", "part")
    if over := [pk for pk, unit, part in further if part >= len(pages.get(unit, ()))]:
        storage.remove(Entry.objects.filter(pk__in=over))
    return len(rows)


def _texts(files: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Texts of files by digest; one that nobody has asked for yet is put down to be read."""
    suffixes = {sha256: PurePath(name).suffix.lower() for name, sha256 in files}
    wanted = [sha256 for sha256, suffix in suffixes.items() if suffix in READABLE]
    known = dict(FileText.objects.filter(pk__in=wanted).values_list("sha256", "text")) if wanted else {}
    new = [FileText(sha256=each, suffix=suffixes[each]) for each in wanted if each not in known]
    FileText.objects.bulk_create(new, ignore_conflicts=True)
    return known


def _pages(kind: str, pk: UUID, content: Content, texts: dict[str, str]) -> list[storage.Page]:
    sha256 = content.file[1] if content.file else ""
    long = [*content.long, *filter(None, (texts.get(sha256, ""),))]
    streams = [words.joined(_short(content)), *([each] for text in long for each in words.parts(text))]
    return [storage.Page(kind, pk, part, sha256, each) for part, each in enumerate(streams)]


def _short(content: Content) -> Iterator[Stream]:
    heard = [sounds(name) for name in content.sounds]
    for text in chain(content.numbers, content.names, content.others):
        yield from words.short(text)
    for number in content.numbers:
        yield from words.beginnings(number, of_each_word=True)
    for name in content.names:
        yield from words.beginnings(name)
    yield from ((each,) for syllables in heard for each in syllables)
    yield from ((BEGIN + each,) for syllables in heard for each in syllables[:2])
