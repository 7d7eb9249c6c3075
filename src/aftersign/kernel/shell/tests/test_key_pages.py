"""The page of keys: what signs and seals, with its fingerprint and never with what is secret of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from aftersign.kernel.journal.proof import keys
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.seal import certificates
from aftersign.kernel.seal.wording import grouped

PAGE, JOURNAL, PEM = "/settings/keys/", "/settings/keys/journal/", "/settings/keys/certificates/"


@pytest.fixture
def keeper(client: Client, db: None, settings: Any, tmp_path: Path) -> Client:
    """An administrator's browser, in an installation with a folder of keys of its own."""
    settings.KEYS = tmp_path
    Company.objects.create(name="海川")
    client.force_login(Person.objects.create(account="guanli", name="管理", is_administrator=True))
    return client


def test_before_there_are_keys_the_page_says_so(keeper: Client) -> None:
    for address in (PAGE, JOURNAL, PEM):
        assert keeper.get(address).status_code == 200
    assert keeper.get(PEM).content == b""


def test_keys_are_shown_with_their_fingerprints_and_nothing_secret(keeper: Client, tmp_path: Path) -> None:
    keys.first()
    certificates.first("海川" * 20)
    record, certificate = keys.records()[0], certificates.current()
    page = keeper.get(PAGE).content.decode()
    assert record.public in page
    assert grouped(certificate.fingerprint) in page
    lines = keeper.get(JOURNAL).content.decode().splitlines()
    assert [json.loads(line)["public"] for line in lines] == [record.public]
    pem = keeper.get(PEM).content
    assert pem.count(b"BEGIN CERTIFICATE") == 1
    assert b"PRIVATE" not in pem + page.encode()
    certificate.key_path.unlink()
    assert "密钥缺失" in keeper.get(PAGE).content.decode()


def test_what_cannot_be_read_is_said_instead_of_an_error(keeper: Client) -> None:
    keys.first()
    certificates.first("海川")
    record, certificate = keys.records()[0], certificates.current()
    next(certificate.path.parent.parent.rglob(f"{record.key}.json")).write_text("no record", encoding="utf-8")
    certificate.path.write_text("no certificate", encoding="utf-8")
    page = keeper.get(PAGE)
    assert page.status_code == 200
    assert page.content.decode().count('class="note warn"') == 2


def test_only_administrators_and_auditors_look_at_them(keeper: Client) -> None:
    browser = Client()
    browser.force_login(Person.objects.create(account="wumin", name="吴敏"))
    assert [browser.get(address).status_code for address in (PAGE, JOURNAL, PEM)] == [403, 403, 403]
    browser.force_login(Person.objects.create(account="shenji", name="审计", is_auditor=True))
    assert browser.get(PAGE).status_code == 200
