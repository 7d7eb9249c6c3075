"""Mails speak their receiver's language, whatever those who caused them read, and write days as the receiver does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import translation

from aftersign.kernel.clock import eras
from aftersign.kernel.org.models import Person
from tests.access.tongues import TAGS, Tongue, entered
from tests.company.inboxes import addresses, let_time_pass, received
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def read_by(firm: Firm) -> dict[str, list[str]]:
    """Who reads which language: everybody in turn, and of traditional Chinese all count years as the Republic does."""
    addresses()
    found: dict[str, list[str]] = {language: [] for language in TAGS}
    for at, person in enumerate(Person.objects.filter(is_operating=False).order_by("account")):
        language = [*TAGS][at % len(TAGS)]
        person.language, person.years = language, eras.ROC
        person.save()
        found[language].append(person.account)
    return found


@pytest.fixture
def mailed(firm: Firm, read_by: dict[str, list[str]], settings: Any, mailoutbox: list[Any], later: Later) -> list[Any]:
    """The mails of a handover for which nobody signs, until the first mornings of the next year."""
    settings.MAIL = True
    firm.send(firm.register())
    for moment in ("2026-09-08 09:30", "2026-09-09 09:30", "2026-09-10 09:30", "2027-01-04 09:30", "2027-01-05 09:30"):
        with later(moment), translation.override("en"):
            let_time_pass()
    return mailoutbox


@pytest.mark.parametrize("language", TAGS)
def test_each_mail_is_in_the_language_of_its_receiver(
    mailed: list[Any], read_by: dict[str, list[str]], language: str
) -> None:
    tongue = Tongue(language, entered())
    mine = [mail for account in read_by[language] for mail in received(mailed, account)]
    texts = [text for mail in mine for text in (mail.subject, mail.body, html_of(mail))]
    assert texts
    assert [fault for text in texts for fault in tongue.faults(text)] == []
    assert any("民國115-" in text for text in texts) == (language == "zh-hant")


def html_of(mail: Any) -> str:
    """The mail as a page."""
    return next(text for text, kind in mail.alternatives if kind == "text/html")
