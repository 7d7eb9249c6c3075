"""The worker at the seal: each form once, whatever happens on the way, and a reason where it does not come about."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftersign.kernel.clock import frozen, new_id
from aftersign.kernel.org.models import COMPANY_ID, Company
from aftersign.kernel.seal import certificates, forms, waiting
from aftersign.kernel.seal.faults import DISK, FAILED, KEY_MISSING, NO_CERTIFICATE, NOT_VALID, TIMESTAMP
from aftersign.kernel.seal.models import DROPPED, SEALED, WAITING, SealedForm, ToSeal
from aftersign.kernel.seal.queries import any_sealed, asked_of, file_of, sealed_of_order, title_of, version_of
from aftersign.kernel.seal.tests.rig import COMPANY, UNIT, Desk, is_sound
from aftersign.kernel.seal.working import LEASE, seal_next
from aftersign.kernel.vault import places

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 20, 2, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def _company(certified: Path, desk: Desk) -> Iterator[None]:
    Company.objects.create(name=COMPANY)
    with frozen(TODAY):
        yield


def row(asked: ToSeal) -> ToSeal:
    """What is written of it now."""
    return ToSeal.objects.get(pk=asked.pk)


def content_of(sealed: SealedForm) -> bytes:
    """The bytes that lie in the vault."""
    return places.path_of(str(sealed.file)).read_bytes()


def test_a_form_that_waits_is_sealed_stated_and_kept_with_its_class(desk: Desk) -> None:
    asked = desk.ask()
    assert seal_next()
    assert not seal_next()
    sealed = SealedForm.objects.get()
    assert (row(asked).state, sealed.asked_id, len(desk.stated)) == (SEALED, asked.pk, 1)
    assert is_sound(content_of(sealed))
    assert (sealed.name, sealed.number, sealed.version) == ("T-0001-1.pdf", "T-0001", 1)
    assert (sealed.category, title_of(sealed), sealed.sealed_at) == ("project_papers", "Test form", TODAY)
    assert sealed.certificate == certificates.current().fingerprint
    assert file_of(asked_of(desk.form.name, COMPANY_ID)) == any_sealed() == sealed
    assert version_of(desk.form.name, COMPANY_ID, 1) == sealed
    assert version_of(desk.form.name, COMPANY_ID, 2) is None
    assert sealed_of_order(new_id()) == []


def test_nothing_waits_and_nothing_is_done(desk: Desk) -> None:
    assert not seal_next()
    assert any_sealed() is None
    assert asked_of(desk.form.name, COMPANY_ID) is None


@pytest.mark.parametrize("wrong", [KEY_MISSING, NO_CERTIFICATE, NOT_VALID, DISK, TIMESTAMP, FAILED])
def test_whatever_stands_in_the_way_is_said_and_tried_again(
    desk: Desk, wrong: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    asked = desk.ask()
    with pytest.MonkeyPatch.context() as patch:
        at = BREAK[wrong](desk, patch, settings)
        with frozen(at):
            assert seal_next()
            assert not seal_next()
    failed = row(asked)
    assert (failed.state, failed.fault, failed.tries, failed.claim) == (WAITING, wrong, 1, None)
    assert failed.why_not
    assert failed.detail
    assert (SealedForm.objects.count(), desk.stated) == (0, [])
    settings.TSA = ""
    if not list(Path(settings.KEYS).glob("seal/*.key")):
        certificates.make(COMPANY)
    assert waiting.retry_all() == 1
    assert seal_next()
    assert row(asked).state == SEALED
    assert row(asked).why_not == ""
    assert len(desk.stated) == 1


def _lose_key(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    certificates.current().key_path.unlink()
    return TODAY


def _lose_all(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    for path in (Path(settings.KEYS) / "seal").iterdir():
        path.unlink()
    return TODAY


def _expire(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    return TODAY + timedelta(days=365 * 10)


def _fill_disk(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    patch.setattr("aftersign.kernel.vault.taking.os.fsync", full)
    return TODAY


def _unplug(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    settings.TSA = "http://127.0.0.1:9/"
    return TODAY


def _stumble(desk: Desk, patch: pytest.MonkeyPatch, settings: Any) -> datetime:
    def stumble(*given: Any, **how: Any) -> bytes:
        raise ZeroDivisionError("a fault of the program")

    patch.setattr("aftersign.kernel.seal.signing.sealed", stumble)
    return TODAY


BREAK = {
    KEY_MISSING: _lose_key,
    NO_CERTIFICATE: _lose_all,
    NOT_VALID: _expire,
    DISK: _fill_disk,
    TIMESTAMP: _unplug,
    FAILED: _stumble,
}


def test_a_full_disk_leaves_nothing_behind(desk: Desk, settings: Any) -> None:
    desk.ask()
    with pytest.MonkeyPatch.context() as patch:
        _fill_disk(desk, patch, settings)
        seal_next()
    folder = places.path_of("arriving").parent
    assert not [each for each in folder.rglob("*") if each.is_file()]


def test_the_pauses_between_attempts_grow_and_are_bounded(desk: Desk) -> None:
    asked, at = desk.ask(), TODAY
    certificates.current().key_path.unlink()
    pauses = []
    for _time in range(8):
        with frozen(at):
            assert seal_next()
        pauses.append(row(asked).next_at - at)
        with frozen(row(asked).next_at - timedelta(seconds=1)):
            assert not seal_next()
        at = row(asked).next_at
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=10)
    assert pauses[-1] == pauses[-3] == timedelta(hours=1)


def _break_for(one: ToSeal, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one form fail to be printed."""

    def draw(asked: ToSeal, seal: str) -> forms.Drawn | None:
        if asked.pk == one.pk:
            raise ZeroDivisionError
        return desk.draw(asked, seal)

    broken = replace(desk.form, draw=draw)
    monkeypatch.setattr(forms, "_forms", {broken.name: broken})


def test_one_that_fails_keeps_no_other_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.ask()
    with frozen(TODAY + timedelta(seconds=1)):
        second = ToSeal.objects.create(
            form=desk.form.name, unit_kind="company", unit_id="2", cause=new_id(), asked_at=TODAY, next_at=TODAY
        )
        _break_for(first, desk, monkeypatch)
        assert [seal_next(), seal_next(), seal_next()] == [True, True, False]
    assert row(first).fault == FAILED
    assert row(second).state == SEALED


def test_a_worker_that_is_killed_before_the_fact_loses_nothing_and_seals_nothing_twice(desk: Desk) -> None:
    asked = desk.ask()

    def die() -> None:
        raise Killed

    desk.before_keeping = die
    with pytest.raises(Killed):
        seal_next()
    assert (row(asked).state, SealedForm.objects.count(), desk.stated) == (WAITING, 0, [])
    desk.before_keeping = lambda: None
    assert not seal_next()
    with frozen(TODAY + LEASE + timedelta(seconds=1)):
        assert seal_next()
        assert not seal_next()
    assert (row(asked).state, SealedForm.objects.count(), len(desk.stated)) == (SEALED, 1, 1)
    assert is_sound(content_of(SealedForm.objects.get()))


def test_a_slow_worker_that_was_taken_over_writes_nothing(desk: Desk) -> None:
    asked = desk.ask()

    def slow() -> None:
        desk.before_keeping = lambda: None
        with frozen(TODAY + LEASE + timedelta(seconds=1)):
            assert seal_next()

    desk.before_keeping = slow
    assert seal_next()
    assert (row(asked).state, SealedForm.objects.count(), len(desk.stated)) == (SEALED, 1, 1)
    assert desk.stated[0].at == TODAY + LEASE + timedelta(seconds=1)


def test_a_failure_of_one_that_was_taken_over_is_not_written(desk: Desk) -> None:
    asked = desk.ask()

    def slow() -> None:
        desk.before_keeping = lambda: None
        with frozen(TODAY + LEASE + timedelta(seconds=1)):
            assert seal_next()
        raise OSError("too late")

    desk.before_keeping = slow
    assert seal_next()
    assert (row(asked).state, row(asked).fault) == (SEALED, "")


def test_a_clock_that_was_set_back_holds_nothing_up(desk: Desk) -> None:
    asked = desk.ask()
    ToSeal.objects.update(next_at=TODAY + timedelta(days=2), claim=new_id(), claimed_at=TODAY + timedelta(days=2))
    assert seal_next()
    assert row(asked).state == SEALED
    assert SealedForm.objects.get().sealed_at == TODAY


def test_what_is_no_longer_asked_for_is_not_sealed(desk: Desk) -> None:
    first, second = desk.ask(), desk.ask()
    assert (row(first).state, row(second).state) == (DROPPED, WAITING)
    waiting.let_stand(desk.form.name, UNIT, order_id=None, cause=None)
    assert row(second).state == DROPPED
    assert not seal_next()


def test_what_the_room_no_longer_prints_is_dropped(desk: Desk) -> None:
    asked = desk.ask()
    desk.stands = False
    assert seal_next()
    assert row(asked).state == DROPPED


def test_what_changed_while_it_was_sealed_is_looked_at_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = desk.ask()
    form = replace(desk.form, keep=lambda *given: False)
    monkeypatch.setattr(forms, "_forms", {form.name: form})
    assert seal_next()
    assert not seal_next()
    assert (row(asked).state, row(asked).claim, row(asked).next_at > TODAY) == (WAITING, None, True)


def test_a_new_cause_makes_the_file_void_and_the_first_one_brings_it_back(desk: Desk) -> None:
    first = desk.ask()
    seal_next()
    desk.ask()
    assert SealedForm.objects.get(asked=first).voided_at == TODAY
    waiting.let_stand(desk.form.name, UNIT, order_id=None, cause=first.cause)
    assert SealedForm.objects.get(asked=first).voided_at is None
    assert not seal_next()
    assert file_of(asked_of(desk.form.name, COMPANY_ID)) == SealedForm.objects.get()


def test_a_dropped_one_that_is_asked_for_again_waits_again(desk: Desk) -> None:
    asked = desk.ask()
    waiting.let_stand(desk.form.name, UNIT, order_id=None, cause=None)
    waiting.let_stand(desk.form.name, UNIT, order_id=None, cause=asked.cause)
    waiting.let_stand(desk.form.name, UNIT, order_id=None, cause=asked.cause)
    assert seal_next()
    assert (row(asked).state, ToSeal.objects.count()) == (SEALED, 1)


def test_a_form_of_a_room_that_is_not_installed_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = desk.ask()
    monkeypatch.setattr(forms, "_forms", {})
    assert not seal_next()
    assert row(asked).state == WAITING


def test_a_kind_of_form_is_offered_once(desk: Desk) -> None:
    with pytest.raises(ValueError, match="twice"):
        forms.offer(desk.form)
