"""Stored files compared with the digests under which facts and rows know them."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from hashlib import file_digest

from django.apps import apps
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage
from django.db.models import CharField, FileField, Q

from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof.report import Report

DIGEST, OWN = "sha256", "digest"
AT_ONCE = 500


def look(report: Report, unfit: Container[str]) -> None:
    """Name the files that are others than those whose digest was stated, or that are not there."""
    known = set(_known(unfit))
    for storage, name, digest in sorted(known, key=lambda each: each[1:]):
        found = _digest(storage, name)
        if found is None:
            report.problem("file_missing", _stated(digest), f"the file {name} is not in the storage, or cannot be read")
        elif found != digest:
            report.problem("file_changed", _stated(digest), f"the file {name} is not the one that was stated")
    for digest in sorted(_unkept(_named() - {digest for _storage, _name, digest in known}, unfit)):
        report.problem("file_missing", _stated(digest), f"no row keeps the file {digest} that was stated")


def _named() -> set[str]:
    """The digests of the files that facts name."""
    rows = Entry.objects.exclude(files="[]").values_list("files", flat=True)
    return {digest for files in rows.iterator() for digest in json.loads(files)}


def _unkept(digests: set[str], unfit: Container[str]) -> set[str]:
    """Those that no row keeps as its own digest either, as an edition does, whose files lie in the database."""
    for model in apps.get_models():
        fields = [each for each in model._meta.local_concrete_fields if each.name == OWN]
        if isinstance(next(iter(fields), None), CharField) and model._meta.db_table not in unfit:
            left = sorted(digests)
            for begin in range(0, len(left), AT_ONCE):
                kept = model._base_manager.filter(**{f"{OWN}__in": left[begin : begin + AT_ONCE]})
                digests = digests - set(kept.values_list(OWN, flat=True))
    return digests


def _known(unfit: Container[str]) -> Iterator[tuple[Storage, str, str]]:
    """Every file of which a row keeps the digest."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        if DIGEST not in fields or model._meta.db_table in unfit:
            continue
        for field in fields.values():
            if isinstance(field, FileField):
                rows = model._base_manager.exclude(**{field.name: ""}).exclude(**{DIGEST: ""})
                for name, digest in rows.values_list(field.name, DIGEST).distinct():
                    yield field.storage, str(name), digest


def _digest(storage: Storage, name: str) -> str | None:
    """The digest of a file as it lies there; None when it is not there or cannot be read."""
    try:
        with storage.open(name) as file:
            return file_digest(file, "sha256").hexdigest()
    except (OSError, SuspiciousFileOperation):
        return None


def _stated(digest: str) -> int | None:
    """The first fact that names a digest."""
    named = Entry.objects.filter(Q(files__contains=digest) | Q(payload__contains=digest))
    return named.order_by("sequence").values_list("sequence", flat=True).first()
