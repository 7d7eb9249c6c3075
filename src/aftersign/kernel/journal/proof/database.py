"""Verification of a database: schema, triggers, rows, chain, private values, keys, checkpoints and files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.db import DatabaseError

from aftersign.kernel.journal.proof import checkpoints, files, keys, schema
from aftersign.kernel.journal.proof.comparing import Evidence
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.journal.proof.rows import Rows
from aftersign.kernel.journal.proof.targets import Target, targets

T = TypeVar("T")


def verify(*further: Callable[[Report], None]) -> Report:
    """Look at everything, and go on behind whatever is broken; `further` looks at what the journal does not know of."""
    report = Report()
    if not _held(report, lambda: schema.is_there(report)):
        return report
    unfit = _held(report, lambda: schema.look(report)) or set()
    if "journal" not in unfit:
        _held(report, lambda: schema.look_at_triggers(report))
    evidence = _evidence(report)
    if unfit & schema.PROVEN:
        return report
    rows = Rows(report, evidence.sizes)
    if _held(report, rows.read, lambda: rows.following.expected):
        evidence.compare(rows.following, rows.stories)
    _held(report, lambda: files.look(report, unfit))
    for look in further:
        _held(report, partial(look, report))
    return report


def _held(report: Report, look: Callable[[], T], place: Callable[[], int | None] = lambda: None) -> T | None:
    """What was found; None when the database does not let itself be read, which is then said, once for each reason."""
    try:
        return look()
    except (DatabaseError, ValueError, TypeError, OverflowError) as error:
        said = f"the database cannot be read: {str(error).strip() or type(error).__name__}"
        if said not in {each.what for each in report.problems}:
            report.problem("database", place(), said)
        return None


def _evidence(report: Report) -> Evidence:
    """The keys of this installation, and all checkpoints in all places."""
    evidence = Evidence(report)
    try:
        evidence.keys = {record.key: record for record in keys.records()}
        keys.signer()
    except NoCheckpoint as reason:
        report.problem("key_missing", None, str(reason))
    for place in targets():
        _collect(place, evidence)
    if not evidence.checkpoints:
        report.problem("checkpoint_missing", None, "there is no checkpoint of this company outside the database")
    return evidence


def _collect(place: Target, evidence: Evidence) -> None:
    try:
        for name, text in place.all():
            where = f"the checkpoint {name} in {place}"
            try:
                evidence.add(checkpoints.read(text), where)
            except ValueError as error:
                evidence.report.problem("checkpoint_unreadable", None, f"{where} cannot be read: {error}")
    except OSError as error:
        said = f"checkpoints cannot be read in {place}: {error.strerror or error}"
        evidence.report.problem("checkpoint_unreadable", None, said)
