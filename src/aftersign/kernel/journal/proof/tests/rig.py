"""A journal to be tampered with: facts of several kinds, with private values and files, signed three times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from aftersign.kernel.journal import chain, triggers
from aftersign.kernel.journal.chain import Pending, Statement
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.proof import database, taking
from aftersign.kernel.journal.proof.report import Report
from aftersign.policy.models import Edition

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
SPACE = UUID(int=9162)
FACTS, SIGNED = 12, (5, 9, 12)


def pending(number: int) -> Pending:
    """A fact that differs from all others; every second is about an order, every third has something private."""
    order = uuid5(SPACE, f"order {number % 4}") if number % 2 else None
    payload: dict[str, object] = {"number": number, "text": f"第 {number} 条 “合同”\\ \t {number % 7}"}
    if number % 3 == 0:
        payload |= {"secret": {"name": f"客户 {number}"}, "phone": str(number)}
    return Pending(
        name=f"rig.stated_{number % 5}",
        unit="order" if order else "company",
        unit_id=str(uuid5(SPACE, f"unit {number}")),
        units={"order": str(order)} if order else {},
        order_id=order,
        at=NOON + timedelta(days=number, microseconds=number * 100_000 % 700_000),
        entered=NOON + timedelta(days=number + 1),
        payload=payload,
        private=frozenset({"secret", "phone"}),
        files=(f"{number:064x}",) if number % 4 == 0 else (),
    )


def state(first: int, last: int) -> None:
    """State facts by their numbers."""
    by = Statement("person", uuid5(SPACE, "somebody"), uuid5(SPACE, "else") if first % 2 else None, f"r{first}", 0)
    stated = [pending(number) for number in range(first, last + 1)]
    chain.append(stated, by)
    Edition.objects.bulk_create((_keeping(digest) for each in stated for digest in each.files), ignore_conflicts=True)


def _keeping(digest: str) -> Edition:
    """A row that keeps a digest, so that no fact names a file of which nothing is known."""
    return Edition(rulebook="rig", version=digest[-8:], digest=digest, files={}, drafted_at=NOON)


def signed_journal() -> None:
    """Twelve facts, with a checkpoint after the fifth, the ninth and the last."""
    done = 0
    for size in SIGNED:
        state(done + 1, size)
        taking.take()
        done = size


def forged(rows: list[Entry]) -> None:
    """Put rows in place of the journal, numbered and chained anew, as somebody would who knows how it is done."""
    hidden = {value.pk: value for value in PrivateValue.objects.all()}
    moved = {row.sequence: place for place, row in enumerate(rows, 1)}
    with triggers.lifted():
        PrivateValue.objects.all().delete()
        Entry.objects.all().delete()
        previous = "0" * 64
        for place, row in enumerate(rows, 1):
            row.sequence, row.previous_hash = place, previous
            previous = row.hash = chain.hash_of(row)
        Entry.objects.bulk_create(rows)
        for value in hidden.values():
            if value.entry_id in moved:
                value.entry_id = moved[value.entry_id]
                value.save(force_insert=True)
    Tail.objects.update(sequence=len(rows), hash=previous)


def kinds(report: Report) -> set[str]:
    """The kinds of the problems that were found."""
    return {each.kind for each in report.problems}


def places(report: Report) -> set[int | None]:
    """Where problems were found."""
    return {each.sequence for each in report.problems}


def found() -> Report:
    """What a verification finds now."""
    return database.verify()
