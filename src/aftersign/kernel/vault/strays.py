"""Files that no fact and no row names, left by acts that were refused or taken back: found, told, and swept."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, FileField, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof.files import DIGEST
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.vault import places
from aftersign.kernel.vault.places import A_DAY, DIGITS, Lying

SWEPT_EVERY = 6 * 60 * 60
AT_ONCE = 50
"""Digests that one query looks for in the texts of a table."""
_HEX = re.compile(r"[0-9a-f]{64}")
_PLACE = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})$")
_log = logging.getLogger(__name__)
_elsewhere: list[Callable[[], Iterable[str]]] = []


def named_also(by: Callable[[], Iterable[str]]) -> None:
    """Declare digests of files that rows name in a way in which they cannot be searched for."""
    _elsewhere.append(by)


def found(older: float = A_DAY) -> list[Lying]:
    """The files that nothing names, and that were last taken in or held so many seconds ago or earlier."""
    before = time.time() - older
    # The files first: whatever is named after that was taken in or held after it, and is too young.
    old = {each.sha256: each for each in places.lying() if each.since < before}
    if not old:
        return []
    rest = set(old).difference(_in_columns(), _in_facts(), *(by() for by in _elsewhere))
    rest -= _in_texts(rest)
    return sorted((old[each] for each in rest), key=lambda each: (each.since, each.sha256))


def sweep() -> int:
    """Remove what `found` finds, and say how many files went."""
    before = time.time() - A_DAY
    swept = sum(places.drop(each.sha256, before) for each in found())
    if swept:
        _log.info("%s files that nothing named have been removed", swept)
    return swept


def look(report: Report) -> None:
    """Tell of them in a verification: they prove nothing and harm nothing, and a worker removes them."""
    if strays := found():
        size = sum(each.size for each in strays)
        said = f"{len(strays)} files of {size} bytes are named by no fact and no row; a worker removes them"
        report.note("files_unnamed", None, said)


class Due:
    """Whether it is time to sweep: at once, and then every few hours."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self) -> bool:
        """Answer, and begin to wait anew when it is."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + SWEPT_EVERY
        return True


def _tables() -> Iterator[tuple[type[Model], list[Field[Any, Any]]]]:
    for model in apps.get_models():
        yield model, list(model._meta.local_concrete_fields)


def _in_columns() -> set[str]:
    """The digests that rows of any table keep, or that are part of the place of their file."""
    names: set[str] = set()
    for model, fields in _tables():
        for field in (each for each in fields if each.name == DIGEST or isinstance(each, FileField)):
            rows = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            names.update(_PLACE.sub(r"\1\2", str(each)).rpartition("/")[2] for each in rows.iterator())
    return names


def _in_facts() -> set[str]:
    rows = Entry.objects.exclude(files="[]").values_list("files", flat=True)
    return {digest for each in rows.iterator() for digest in _HEX.findall(each)}


def _in_texts(digests: Collection[str]) -> set[str]:
    """Those of a few digests that stand somewhere in a text of any table."""
    named: set[str] = set()
    for model, fields in _tables():
        for field in filter(_holds_text, fields):
            left = sorted(set(digests) - named)
            for begin in range(0, len(left), AT_ONCE):
                named |= _in_text(model, field, left[begin : begin + AT_ONCE])
    return named


def _holds_text(field: Field[Any, Any]) -> bool:
    if isinstance(field, FileField) or field.name == DIGEST:
        return False
    long = isinstance(field, CharField) and not field.choices and (field.max_length or DIGITS) >= DIGITS
    return long or isinstance(field, TextField | JSONField)


def _in_text(model: type[Model], field: Field[Any, Any], digests: Collection[str]) -> set[str]:
    wanted = Q()
    for each in digests:
        wanted |= Q(looked_in__contains=each)
    rows = model._base_manager.annotate(looked_in=Cast(field.name, TextField())).filter(wanted)
    texts = rows.values_list("looked_in", flat=True).iterator()
    return {digest for text in texts for digest in digests if digest in text}
