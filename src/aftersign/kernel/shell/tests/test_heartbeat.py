"""A worker's sign of life is seen, is not left at every turn, and grows old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from aftersign.kernel.shell import heartbeat


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_left", {})


def test_nothing_has_ever_run() -> None:
    assert heartbeat.last("worker") is None
    assert heartbeat.is_silent("worker")


def test_a_sign_is_seen_at_once() -> None:
    heartbeat.beat("worker")
    seen = heartbeat.last("worker")
    assert seen is not None
    assert timezone.now() - seen < timedelta(seconds=5)
    assert not heartbeat.is_silent("worker")
    assert heartbeat.is_silent("another")


def test_the_next_sign_is_left_a_while_later(monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat.beat("worker")
    first = heartbeat.last("worker")
    heartbeat.beat("worker")
    assert heartbeat.last("worker") == first
    monkeypatch.setattr(heartbeat, "EVERY", 0.0)
    heartbeat.beat("worker")
    assert heartbeat.last("worker") != first


def test_an_old_sign_is_none() -> None:
    cache.set("heartbeat.worker", (timezone.now() - timedelta(minutes=3)).isoformat(), timeout=None)
    assert heartbeat.is_silent("worker")


@pytest.mark.django_db
def test_the_sign_lies_in_the_database(settings: Any) -> None:
    store = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    settings.CACHES = {"default": store}
    call_command("createcachetable")
    heartbeat.beat("worker")
    assert not heartbeat.is_silent("worker")
