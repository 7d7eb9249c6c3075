"""Sessions: they know whose they are, end without use, end after a week in any case, and can be ended by mark."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from aftersign.kernel.access import sessions
from aftersign.kernel.access.models import SignIn
from aftersign.kernel.access.sessions import SessionStore, Sweep
from aftersign.kernel.org.models import Person

pytestmark = pytest.mark.django_db


def somebody(account: str = "lin") -> Person:
    return Person.objects.create(name="林晓岚", account=account)


def signed_in(person: Person, device: str = "Firefox", address: str = "10.0.0.7") -> SessionStore:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    sessions.begin(store, address=address, device=device)
    store.create()
    return store


def test_a_session_says_whose_it_is_and_from_where() -> None:
    person = somebody()
    signed_in(person)
    [row] = sessions.running(person)
    assert (row.address, row.device) == ("10.0.0.7", "Firefox")
    assert row.began_at is not None
    assert row.seen_at is not None
    assert row.began_at <= row.seen_at <= timezone.now()


def test_a_strangers_session_is_nobodys() -> None:
    store = SessionStore()
    store["language"] = "en"
    store.create()
    assert SignIn.objects.get().person is None
    assert SessionStore(store.session_key)["language"] == "en"


def test_a_device_that_calls_itself_something_long_is_cut() -> None:
    person = somebody()
    signed_in(person, device="x" * 5000, address="y" * 90)
    [row] = sessions.running(person)
    assert (len(row.device), len(row.address)) == (200, 45)


def test_use_puts_off_the_end_but_is_not_noted_at_every_request() -> None:
    with time_machine.travel("2026-09-07 09:00", tick=False) as clock:
        store = signed_in(somebody())
        clock.shift(timedelta(minutes=4))
        sessions.note_use(again := SessionStore(store.session_key))
        assert not again.modified
        clock.shift(timedelta(hours=8))
        sessions.note_use(again := SessionStore(store.session_key))
        assert again.modified
        again.save()
        clock.shift(timedelta(hours=11))
        assert SessionStore(store.session_key).get(SESSION_KEY)


def test_without_use_it_ends_after_half_a_day() -> None:
    with time_machine.travel("2026-09-07 09:00", tick=False) as clock:
        store = signed_in(somebody())
        clock.shift(timedelta(hours=12, minutes=1))
        assert SessionStore(store.session_key).get(SESSION_KEY) is None


def test_after_a_week_it_ends_however_much_it_is_used() -> None:
    with time_machine.travel("2026-09-07 09:00", tick=False) as clock:
        store = signed_in(somebody())
        for _turn in range(27):
            clock.shift(timedelta(hours=6))
            again = SessionStore(store.session_key)
            assert again.get(SESSION_KEY)
            sessions.note_use(again)
            again.save()
        clock.shift(timedelta(hours=6, minutes=1))
        assert SessionStore(store.session_key).get(SESSION_KEY) is None


def test_one_is_ended_by_its_mark_and_the_rest_but_one() -> None:
    person, other = somebody(), somebody("wang")
    here, there, elsewhere, theirs = signed_in(person), signed_in(person), signed_in(person), signed_in(other)
    [row] = sessions.running(person).filter(session_key=there.session_key)
    assert row.session_key not in row.mark
    assert sessions.end(person, only=row.mark) == 1
    assert sessions.end(person, only="0" * 32) == 0
    assert sessions.end(person, but=(here.session_key,)) == 1
    assert [each.session_key for each in sessions.running(person)] == [here.session_key]
    assert not SessionStore().exists(elsewhere.session_key or "")
    assert sessions.running(other).get().session_key == theirs.session_key


def test_what_has_ended_is_swept_once_an_hour(django_assert_num_queries: Any) -> None:
    with time_machine.travel("2026-09-07 09:00", tick=False) as clock:
        signed_in(somebody())
        clock.shift(timedelta(hours=13))
        sweep = Sweep()
        sweep.look()
        assert not SignIn.objects.exists()
        with django_assert_num_queries(0):
            sweep.look()
