"""A company on a day of its own, served to browsers, with its files in a place of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser

from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Person
from tests.firm import PASSWORD, Firm, at, founded
from tests.journeys.walking import Walk

Desk = Callable[..., Walk]
LANGUAGES = ("zh-hans", "zh-hant", "en")
SIGNED_IN = re.compile("^(?!.*/accounts/)")
"""Where people are once they have signed in: whoever does no business begins elsewhere than others."""


@pytest.fixture
def house(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Firm]:
    """The company, founded a week ago; its clock runs on from a Monday morning, in the threads of the server too."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    moment = at("2026-09-07 10:00")
    with time_machine.travel(moment, tick=True), founded(moment) as firm:
        with frozen(moment):
            firm.register("去年的检测平台")
        yield firm


@pytest.fixture
def desk(house: Firm, live_server: Any, browser: Browser) -> Iterator[Desk]:
    """Opens the browser of a person who has signed in."""
    contexts = []

    def sit_down(account: str, speaks: str = "zh-hans", **how: Any) -> Walk:
        Person.objects.filter(account=account).update(language=speaks)
        contexts.append(browser.new_context(base_url=live_server.url, locale="zh-CN", **how))
        walk = Walk(contexts[-1].new_page())
        walk.open("/accounts/login/")
        walk.page.fill("#id_login", account)
        walk.page.fill("#id_password", PASSWORD)
        walk.page.press("#id_password", "Enter")
        walk.arrive(SIGNED_IN)
        walk.steps = 0
        return walk

    yield sit_down
    for context in contexts:
        context.close()
