"""The audit log: what stands in a line, and that no line is changed or taken away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from aftersign.kernel.access import append_only, audit
from aftersign.kernel.access.actor import CLOCK, Actor, operating
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Person

MOMENT = datetime(2026, 9, 7, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def somebody(account: str = "lin", **more: bool) -> Person:
    return Person.objects.create(name="林晓岚", account=account, **more)


def test_a_line_says_when_who_whose_what_and_from_where() -> None:
    one, other = somebody(), somebody("wang")
    by = Actor("person", person=one, request_id="r-1", address="10.0.0.7", device="Firefox")
    with frozen(MOMENT):
        audit.note(Event.SIGN_INS_ENDED, by=by, about=other, subject="2")
    line = AuditEntry.objects.get()
    assert (line.at, line.event, line.person, line.about) == (MOMENT, "sign_ins_ended", one, other)
    assert (line.subject, line.address, line.device, line.request_id) == ("2", "10.0.0.7", "Firefox", "r-1")


def test_whoever_acts_for_somebody_is_named_themselves() -> None:
    one, other = somebody(), somebody("wang")
    audit.note(Event.FILE_READ, by=Actor("person", person=one, on_behalf_of=other), subject="SO-2026-0001")
    assert AuditEntry.objects.get().person == one


def test_the_house_itself_is_nobody() -> None:
    somebody("operating", is_operating=True)
    audit.note(Event.TOKEN_MADE, by=operating("setup"))
    audit.note(Event.TOKEN_MADE, by=CLOCK)
    assert set(AuditEntry.objects.values_list("person", flat=True)) == {None}


def test_a_watched_act_is_written_down_when_a_person_does_it() -> None:
    one, other = somebody(), somebody("wang")
    audit.note_act("general.change_account", Actor("person", person=one), other)
    audit.note_act("general.give_password", Actor("person", person=one), other)
    audit.note_act("general.change_account", CLOCK, other)
    audit.note_act("order.register", Actor("person", person=one), other)
    found = AuditEntry.objects.order_by("id").values_list("event", "subject", "about__account")
    assert list(found) == [
        ("settings_changed", "general.change_account", "wang"),
        ("password_given", "general.give_password", "wang"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_log SET subject = 'nothing'",
        "DELETE FROM audit_log",
        "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log",
    ],
)
def test_no_line_is_changed_or_taken_away(change: str) -> None:
    append_only.install()
    audit.note(Event.SIGNED_IN, about=somebody(), subject="as it was")
    if "REPLACE" in change and connection.vendor == "postgresql":
        change = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_log"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert AuditEntry.objects.get().subject == "as it was"
