"""Ways to tamper with the rig's journal; each answers with the kinds of problems that must be named, and a place."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from django.db import connection

from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.proof.tests.rig import FACTS, NOON, forged

Named = tuple[str, int | None]
"""A kind of problem and its sequence (-1: wherever)."""
ANYWHERE = -1
WAYS: list[Callable[[Random], Named]] = []
_TEXTS = ("fact", "unit", "unit_id", "units", "actor_kind", "payload", "files", "request_id", "previous_hash", "hash")


def way(doing: Callable[[Random], Named]) -> Callable[[Random], Named]:
    """One way among all."""
    WAYS.append(doing)
    return doing


def sql(statement: str, *values: str | int) -> None:
    """Something done to the database past the program, and past the triggers of the journal."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def one(fate: Random, least: int = 1) -> int:
    """Some fact."""
    return fate.randint(least, FACTS)


def two(fate: Random) -> tuple[int, int]:
    """Two facts, the earlier one first."""
    first, second = sorted(fate.sample(range(1, FACTS + 1), 2))
    return first, second


def turned(text: str, fate: Random) -> str:
    """A text of which one sign is another."""
    place = fate.randrange(len(text))
    return text[:place] + ("y" if text[place] == "x" else "x") + text[place + 1 :]


@way
def change_a_text(fate: Random) -> Named:
    sequence, column = one(fate), fate.choice(_TEXTS)
    before = Entry.objects.values_list(column, flat=True).get(sequence=sequence)
    sql(f"UPDATE journal SET {column} = %s WHERE sequence = %s", turned(before, fate), sequence)
    return "row_changed", sequence


@way
def change_something_else(fate: Random) -> Named:
    sequence = one(fate)
    changes: list[dict[str, Any]] = [
        {"at": NOON}, {"entered": NOON}, {"id": uuid4()}, {"actor_id": None}, {"order_id": uuid4()}, {"seen": 99},
        {"on_behalf_of": uuid4()},
    ]  # fmt: skip
    with triggers.lifted():
        Entry.objects.filter(sequence=sequence).update(**fate.choice(changes))
    return "row_changed", sequence


@way
def delete(fate: Random) -> Named:
    sequence = fate.randint(1, FACTS - 1)
    with triggers.lifted():
        PrivateValue.objects.filter(entry=sequence).delete()
        Entry.objects.filter(sequence=sequence).delete()
    return "row_missing", sequence


@way
def insert_at_the_end(fate: Random) -> Named:
    row = Entry.objects.get(sequence=one(fate))
    row.sequence, row.id = FACTS + fate.randint(1, 3), uuid4()
    row.save(force_insert=True)
    return "tail", ANYWHERE


@way
def insert_before_the_first(fate: Random) -> Named:
    row = Entry.objects.get(sequence=one(fate))
    row.sequence, row.id = -fate.randint(0, 3), uuid4()
    row.save(force_insert=True)
    return "row_misplaced", row.sequence


@way
def insert_with_all_hashes(fate: Random) -> Named:
    rows = list(Entry.objects.order_by("sequence"))
    fresh = Entry.objects.get(sequence=one(fate))
    fresh.id, fresh.sequence, fresh.payload = uuid4(), 99, '{"number":0}'
    place = fate.randrange(FACTS)
    forged([*rows[:place], fresh, *rows[place:]])
    return "checkpoint_differs", ANYWHERE


@way
def change_with_all_hashes(fate: Random) -> Named:
    rows = list(Entry.objects.order_by("sequence"))
    rows[one(fate) - 1].actor_kind = "clock"
    forged(rows)
    return "checkpoint_differs", ANYWHERE


@way
def reorder(fate: Random) -> Named:
    first, second = two(fate)
    with triggers.lifted():
        for before, after in ((first, 100), (second, first), (100, second)):
            values = list(PrivateValue.objects.filter(entry=before))
            PrivateValue.objects.filter(entry=before).delete()
            Entry.objects.filter(sequence=before).update(sequence=after)
            for value in values:
                value.entry_id = after
            PrivateValue.objects.bulk_create(values)
    return "row_changed", first


@way
def reorder_with_all_hashes(fate: Random) -> Named:
    first, second = two(fate)
    rows = list(Entry.objects.order_by("sequence"))
    rows[first - 1], rows[second - 1] = rows[second - 1], rows[first - 1]
    forged(rows)
    return "checkpoint_differs", ANYWHERE


@way
def cut_off(fate: Random) -> Named:
    sequence = one(fate, 2)
    with triggers.lifted():
        PrivateValue.objects.filter(entry__gte=sequence).delete()
        Entry.objects.filter(sequence__gte=sequence).delete()
    return "tail", sequence - 1


@way
def put_an_old_copy_back(fate: Random) -> Named:
    rows = list(Entry.objects.order_by("sequence")[: one(fate, 2) - 1])
    forged(rows)
    return "lost", len(rows) + 1


@way
def empty(fate: Random) -> Named:
    forged([])
    return "lost", 1


@way
def swap_payloads(fate: Random) -> Named:
    first, second = two(fate)
    one_of_them, other = (Entry.objects.get(sequence=each).payload for each in (first, second))
    sql("UPDATE journal SET payload = %s WHERE sequence = %s", other, first)
    sql("UPDATE journal SET payload = %s WHERE sequence = %s", one_of_them, second)
    return "row_changed", fate.choice((first, second))


@way
def swap_private_values(fate: Random) -> Named:
    first, second = fate.sample(list(PrivateValue.objects.all()), 2)
    first.value, second.value = second.value, first.value
    if fate.random() < 0.5:
        first.salt, second.salt = second.salt, first.salt
    first.save()
    second.save()
    return "private_changed", first.entry_id


@way
def change_a_private_value(fate: Random) -> Named:
    value = fate.choice(list(PrivateValue.objects.all()))
    column = fate.choice(("salt", "value"))
    setattr(value, column, turned(getattr(value, column), fate))
    value.save()
    return "private_changed", value.entry_id


@way
def delete_a_private_value(fate: Random) -> Named:
    value = fate.choice(list(PrivateValue.objects.all()))
    value.delete()
    return "private_missing", value.entry_id


@way
def erase_without_a_fact(fate: Random) -> Named:
    value = fate.choice(list(PrivateValue.objects.all()))
    PrivateValue.objects.filter(pk=value.pk).update(value=None, salt="", erased_at=NOON)
    return "private_missing", value.entry_id


@way
def add_a_private_value(fate: Random) -> Named:
    sequence = one(fate)
    PrivateValue.objects.create(entry_id=sequence, key="other", salt="00", value='"x"')
    return "private_stray", sequence


@way
def drop_a_trigger(fate: Random) -> Named:
    name = fate.choice(sorted(triggers._wanted()))
    tail = " ON journal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{tail}")
        if fate.random() < 0.5 and not tail:
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON journal WHEN 0 BEGIN SELECT 1; END")
    return "trigger", None


@way
def add_a_trigger(fate: Random) -> Named:
    doing = "BEGIN SELECT 1; END"
    if connection.vendor == "postgresql":
        doing = "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER of_somebody_else AFTER INSERT ON journal {doing}")
    return "trigger", None


@way
def take_a_number_away(fate: Random) -> Named:
    if connection.vendor == "postgresql":  # whose column takes numbers only
        return change_a_text(fate)
    sequence = fate.choice([each for each in range(1, FACTS + 1) if each % 3])
    sql("UPDATE journal SET sequence = 'none' WHERE sequence = %s", sequence)
    return "row_misplaced", None


@way
def move_the_end(fate: Random) -> Named:
    Tail.objects.update(sequence=one(fate) - 1)
    return "tail", FACTS


@way
def forget_the_end(fate: Random) -> Named:
    Tail.objects.all().delete()
    return "tail", None
