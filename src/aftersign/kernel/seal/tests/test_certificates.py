"""The company's certificates: made once, kept for ever, and said plainly when one cannot seal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from aftersign.kernel.clock import frozen, now
from aftersign.kernel.seal import certificates
from aftersign.kernel.seal.certificates import NoCertificate
from aftersign.kernel.seal.faults import KEY_MISSING, KEY_UNREADABLE, NO_CERTIFICATE, NOT_VALID, NoSeal
from aftersign.kernel.seal.tests.rig import COMPANY, LONG_AGO, PASSWORD, Authority
from aftersign.kernel.seal.wording import words_of

TODAY = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_day() -> object:
    with frozen(TODAY):
        yield


def why(at: datetime = TODAY) -> str:
    """The word for what stands in the way of sealing."""
    with pytest.raises(NoSeal) as refused:
        certificates.ready(at)
    assert str(refused.value)
    return refused.value.fault


def test_the_first_is_made_once_for_ten_years() -> None:
    assert certificates.first(COMPANY)
    made = certificates.current()
    assert not certificates.first("另一家公司")
    assert certificates.current() == made == certificates.kept()[0]
    assert (made.subject, made.issuer, made.is_own) == (COMPANY, "", True)
    assert made.not_after - now() > timedelta(days=3640)
    assert certificates.ready(TODAY)[0] == made


def test_the_key_is_its_owners_alone_and_stands_beside_those_of_the_journal() -> None:
    certificates.first(COMPANY)
    key = certificates.current().key_path
    assert key.parent == Path(settings.KEYS) / "seal"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700


def test_a_long_name_is_shortened_to_what_certificates_take(certified: Path) -> None:
    assert certificates.make("长" * 90).subject == "长" * 64


def test_without_a_certificate_it_is_said() -> None:
    assert why() == NO_CERTIFICATE


def test_a_key_that_is_gone_is_said(certified: Path) -> None:
    certificates.current().key_path.unlink()
    assert why() == KEY_MISSING


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_cannot_be_read_is_said(certified: Path, content: bytes) -> None:
    certificates.current().key_path.write_bytes(content)
    assert why() == KEY_UNREADABLE


def test_the_key_of_another_certificate_is_said(certified: Path) -> None:
    first = certificates.current()
    second = certificates.make(COMPANY)
    second.key_path.write_bytes(first.key_path.read_bytes())
    assert why() == KEY_UNREADABLE


def test_a_certificate_that_cannot_be_read_is_said(certified: Path) -> None:
    certificates.current().path.write_text("no certificate")
    assert why() == KEY_UNREADABLE


def test_neither_an_expired_certificate_seals_nor_one_before_its_time(certified: Path) -> None:
    assert why(LONG_AGO + timedelta(days=3651)) == NOT_VALID
    assert why(LONG_AGO - timedelta(days=1)) == NOT_VALID


def test_an_imported_one_seals_from_then_on_and_the_one_before_is_kept(certified: Path, authority: Authority) -> None:
    before = certificates.current()
    taken = certificates.take_in(authority.bundle(days=36500), PASSWORD)
    assert certificates.current() == taken
    assert certificates.kept() == [before, taken]
    assert (taken.subject, taken.issuer, taken.is_own) == ("恒信科技（CA）", "Test Issuing", False)
    assert [each.subject for each in taken.chain[1:]] == [authority.issuing.subject, authority.root.subject]
    assert certificates.ready(TODAY)[0] == taken
    assert taken.key_path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_seal_is_not_taken_in(certified: Path, authority: Authority) -> None:
    before = certificates.kept()
    wrong = {
        "no PKCS#12": (b"something else", PASSWORD),
        "password": (authority.bundle(days=36500), "another"),
        "valid until": (authority.bundle(days=30), PASSWORD),
        "not yet": (authority.bundle(days=30, begin=TODAY + timedelta(days=1)), PASSWORD),
        "does not allow": (authority.bundle(days=36500, usage=False), PASSWORD),
    }
    for reason, (content, password) in wrong.items():
        with pytest.raises(NoCertificate, match=reason):
            certificates.take_in(content, password)
    assert certificates.kept() == before
    assert len(list(certified.iterdir())) == 2


def test_the_form_says_whose_certificate_it_is(certified: Path, authority: Authority) -> None:
    with translation.override("en"):
        own = words_of(certificates.current())
        assert "company's own certificate (恒信科技有限公司)" in own
        assert "issuer unknown" in own
        issued = words_of(certificates.take_in(authority.bundle(days=36500), PASSWORD))
    assert "issued by Test Issuing" in issued
    assert "issuer unknown" not in issued
