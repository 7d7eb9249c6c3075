"""What every test stands on: which tests a database or a machine can run, its files, its browser, its flush."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from math import inf
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Playwright, expect

from aftersign.policy.editions import store
from tests.casting import empty

pytest_plugins = ["tests.firm", "tests.recording"]
REQUIRE_ALL = bool(os.environ.get("AFTERSIGN_REQUIRE_ALL"))
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
PROGRAMS = {"browser": CHROMIUM, "gettext": shutil.which("xgettext") or "", "pdfsig": shutil.which("pdfsig") or ""}
LEFT_OUT = {
    "browser": "Chromium is not on this machine: browser tests are left out.",
    "pdfsig": "pdfsig is not on this machine: what a foreign reader says of sealed forms is left out.",
    "gettext": "xgettext is not on this machine: the comparison of the catalogues with the code is left out.",
}

# The same examples in every run, and none that fails because the machine is slow.
hypothesis.settings.load_profile("ci")

# A browser has as long to show something as it has for everything else: several may share a processor.
expect.set_options(timeout=30_000)

# Playwright's loop makes Django believe that it runs asynchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_report_header() -> list[str]:
    """One line for each program whose tests are left out."""
    return [LEFT_OUT[mark] for mark, program in PROGRAMS.items() if not program]


def pytest_configure() -> None:
    """Stop at once when something is missing that may not be missing."""
    if REQUIRE_ALL and (missing := [LEFT_OUT[mark] for mark, program in PROGRAMS.items() if not program]):
        raise pytest.UsageError(*missing)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, and on PostgreSQL what touches no database: it ran on SQLite."""
    kept, left_out = [], []
    for item in items:
        (kept if can_run(item) else left_out).append(item)
    items[:] = kept
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def can_run(item: pytest.Item) -> bool:
    """Whether the item has its programs and belongs to the database of this run."""
    if any(item.get_closest_marker(mark) and not program for mark, program in PROGRAMS.items()):
        return False
    if not ON_POSTGRES:
        return item.get_closest_marker("postgres") is None
    return touches_database(item)


def touches_database(item: pytest.Item) -> bool:
    """Whether the item's marks, fixtures or test case ask for a database, and what it looks at depends on which."""
    if item.get_closest_marker("sight"):
        return False
    if any(item.get_closest_marker(mark) for mark in ("django_db", "database", "postgres")):
        return True
    test_case = getattr(item, "cls", None)
    if test_case is not None and issubclass(test_case, TransactionTestCase):
        return True
    return bool(DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A skip is a failure where nothing may be skipped; an expected failure stays one."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """Likewise for a module that skips itself."""
    report = yield
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite's test database is a file of this run alone: in memory it would share the test's connection."""
    if not ON_POSTGRES:
        configured.DATABASES["default"]["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def emptied_past_the_triggers() -> Iterator[None]:
    """Let a transactional test end with an empty journal, although it refuses that to everybody else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: emptied())
        yield


def emptied() -> None:
    """What browsers had asked for when they were closed is answered first: that may still write."""
    until = time.monotonic() + 30
    for each in threading.enumerate():
        if each.name.endswith("(process_request_thread)"):
            each.join(max(0.0, until - time.monotonic()))
    empty()


@pytest.fixture(autouse=True, scope="session")
def labels_that_last() -> Iterator[None]:
    """Labels are looked up anew when they are forgotten, not in the middle of a count because a test took long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "LABELS_LAST", inf)
        yield


@pytest.fixture(autouse=True)
def nothing_remembered_of_other_tests() -> None:
    """Wrong passwords, sign-ins and the edition of one test are not held against the next one."""
    cache.clear()
    store.forget()


@pytest.fixture(autouse=True)
def keys_and_checkpoints_of_its_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one test has signed is not held against the journal of the next; folders are made when they are needed."""
    place = tmp_path_factory.getbasetemp() / f"proof-{uuid4().hex[:12]}"
    settings.KEYS, settings.CHECKPOINTS = place / "keys", [str(place / "checkpoints")]


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """While its loop runs, Django has connections apart from those that it closes before the database is dropped."""
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, quiet and without calls of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    silent = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*quiet, *silent]}
