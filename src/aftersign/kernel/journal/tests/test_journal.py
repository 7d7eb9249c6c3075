"""The journal: numbered without gaps, chained, append-only, and silent about what is private."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from aftersign.kernel.journal import canonical, chain, queries, triggers
from aftersign.kernel.journal.chain import Pending, Statement
from aftersign.kernel.journal.models import Entry, PrivateValue

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
BY = Statement(actor_kind="person", actor_id=None, on_behalf_of=None, request_id="r1", seen=0)


def pending(**payload: object) -> Pending:
    return Pending(
        name="rig.stated",
        unit="department",
        unit_id=str(uuid4()),
        units={},
        order_id=None,
        at=NOON,
        entered=NOON,
        payload=payload,
        private=frozenset({"secret"}),
        files=(),
    )


@pytest.mark.django_db
def test_facts_are_numbered_and_chained() -> None:
    chain.append([pending(n=1), pending(n=2)], BY)
    chain.append([pending(n=3)], BY)
    rows = list(Entry.objects.order_by("sequence"))
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert list(chain.faults()) == []


@pytest.mark.django_db
def test_a_private_value_stands_beside_the_chain() -> None:
    chain.append([pending(secret="患者数据", open="yes")], BY)
    row = Entry.objects.get()
    assert "患者" not in row.payload
    assert canonical.COMMITMENT in row.payload
    assert queries.after(0)[0].payload == {"secret": "患者数据", "open": "yes"}
    PrivateValue.objects.update(value=None, salt="", erased_at=NOON)
    assert list(chain.faults()) == []
    assert queries.after(0)[0].payload["secret"] == json.loads(row.payload)["secret"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET payload = '{}'",
        "DELETE FROM journal",
        pytest.param("TRUNCATE journal CASCADE", id="truncate"),
        pytest.param("INSERT OR REPLACE INTO journal SELECT * FROM journal", id="replace"),
    ],
)
def test_what_is_stated_cannot_be_changed(statement: str) -> None:
    only = {"TRUNCATE": "postgresql", "INSERT": "sqlite"}.get(statement.split(maxsplit=1)[0])
    chain.append([pending(n=1)], BY)
    before = Entry.objects.get().hash
    if only in (None, connection.vendor):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.get().hash == before
    assert triggers.missing() == []


@pytest.mark.django_db
def test_a_changed_row_and_a_missing_one_are_found() -> None:
    chain.append([pending(n=1), pending(n=2), pending(n=3)], BY)
    with triggers.lifted():
        Entry.objects.filter(sequence=1).update(payload='{"n":9}')
        Entry.objects.filter(sequence=2).delete()
    assert {sequence for sequence, _reason in chain.faults()} == {1, 3}


@pytest.mark.django_db
def test_the_last_rows_cannot_be_cut_off_unseen() -> None:
    chain.append([pending(n=1), pending(n=2)], BY)
    with triggers.lifted():
        Entry.objects.filter(sequence=2).delete()
    assert [reason for _sequence, reason in chain.faults()] == ["the tail does not match the last row"]


@pytest.mark.django_db
def test_a_missing_trigger_is_noticed() -> None:
    triggers.remove()
    assert triggers.missing()
    triggers.install()
    assert triggers.missing() == []


def test_plain_values() -> None:
    said = {"amount": Decimal("1260000.00"), "on": date(2026, 9, 30), "at": NOON, "none": None, "list": (1, True)}
    assert canonical.text(said) == (
        '{"amount":"1260000.00","at":"2026-09-30T04:00:00Z","list":[1,true],"none":null,"on":"2026-09-30"}'
    )


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical.text({"amount": 0.1})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda c: st.lists(c) | st.dictionaries(st.text(), c),
)


@given(VALUES)
def test_canonical_text_is_that_of_the_standard(value: Any) -> None:
    assert canonical.text(value).encode() == rfc8785.dumps(value)


def test_names_are_sorted_as_the_standard_says_beyond_ascii_too() -> None:
    assert canonical.text({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\ud800": 1}, {"n": [2**60]}])
def test_what_no_reader_of_json_would_keep_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical.text(value)


@pytest.mark.django_db
def test_a_hash_covers_the_canonical_json_of_all_other_columns() -> None:
    chain.append([pending(n=1), pending(text='北辰 "合同"', secret="患者数据")], BY)
    for row in Entry.objects.all():
        columns = {field.attname: getattr(row, field.attname) for field in Entry._meta.fields if field.name != "hash"}
        read = {key: json.loads(columns[key]) for key in ("units", "payload", "files")}
        assert row.hash == canonical.digest(columns | read)


@given(VALUES)
def test_canonical_text_reads_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical.text(value)) == value
    assert canonical.text(json.loads(canonical.text(value))) == canonical.text(value)
