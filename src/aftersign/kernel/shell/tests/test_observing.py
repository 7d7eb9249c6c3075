"""Requests have a number and a line in the log that names nobody; machines learn how things stand."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from aftersign.kernel.shell import heartbeat, metrics
from aftersign.kernel.shell.tests.people import PASSWORD, company, person
from aftersign.project.logs import configured

pytestmark = pytest.mark.django_db


@contextmanager
def written() -> Iterator[list[dict[str, Any]]]:
    """What the program logs meanwhile, as JSON, through the formatter of an installation."""
    form = configured(as_json=True)["formatters"]["line"]
    made = form.pop("()")(**form)
    stream = io.StringIO()
    lines: list[dict[str, Any]] = []
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        lines += [json.loads(line) for line in stream.getvalue().splitlines()]


def of_requests(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line.get("logger") == "aftersign.request"]


def test_a_number_is_given_taken_over_or_refused() -> None:
    company()
    given = Client().get("/accounts/login/")["X-Request-Id"]
    assert len(given) == 36
    assert Client().get("/accounts/login/", headers={"X-Request-Id": "proxy-17.a"})["X-Request-Id"] == "proxy-17.a"
    for forged in ("x" * 65, "two words", "<script>", "line\\nbreak", ""):
        assert Client().get("/healthz", headers={"X-Request-Id": forged})["X-Request-Id"] != forged


def test_an_error_page_shows_the_number() -> None:
    company()
    found = Client().get("/nowhere/", headers={"X-Request-Id": "find-me-1"})
    assert (found.status_code, "find-me-1" in found.content.decode()) == (HTTPStatus.NOT_FOUND, True)


def test_a_line_says_how_a_request_went_and_names_nobody() -> None:
    company()
    lin = person("林晓岚", "linxiaolan", is_administrator=True)
    client = Client(headers={"User-Agent": "Firefox of Lin", "X-Request-Id": "r-1"}, REMOTE_ADDR="10.20.30.40")
    with written() as lines:
        client.post("/accounts/login/", {"login": "linxiaolan", "password": PASSWORD})
        client.get(f"/settings/people/{lin.pk}/sign-ins/?q=林晓岚")
        client.get("/accounts/nobody-knows/linxiaolan/")
    login, page, gone = of_requests(lines)
    assert (login["method"], login["route"], login["status"], login["request_id"]) == (
        "POST",
        "account_login",
        302,
        "r-1",
    )
    assert (page["route"], page["status"]) == ("shell:sign_ins_of", 200)
    assert page["sql"] > 0
    assert page["ms"] >= 0
    assert (gone["route"], gone["status"]) == ("", 404)
    said = json.dumps(lines, ensure_ascii=False)
    for private in ("林晓岚", "linxiaolan", str(lin.pk), PASSWORD, "10.20.30.40", "Firefox"):
        assert private not in said


def test_a_mistake_is_told_by_its_kind_and_place_without_what_it_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    company()

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ValueError("林晓岚 typed 13800000000")

    monkeypatch.setattr("aftersign.kernel.shell.sign_ins.sessions.running", broken)
    client = Client(raise_request_exception=False)
    client.force_login(person(account="lin"))
    with written() as lines:
        found = client.get("/accounts/sign-ins/", headers={"X-Request-Id": "r-9"})
    assert found.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "r-9" in found.content.decode()
    [line] = [line for line in lines if line["logger"] == "django.request"]
    assert (line["request_id"], line["error"], line["status"]) == ("r-9", ["ValueError"], 500)
    assert line["at"][-1].endswith("broken")
    said = json.dumps(lines, ensure_ascii=False)
    assert "林晓岚" not in said
    assert "13800000000" not in said
    assert "/accounts/sign-ins/" not in said


def test_the_process_is_up_though_the_database_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("aftersign.kernel.shell.probes.MigrationExecutor", gone)
    assert Client().get("/healthz").json() == {"status": "ok"}
    found = Client().get("/readyz")
    assert (found.status_code, found.json()["problems"]) == (HTTPStatus.SERVICE_UNAVAILABLE, ["database"])
    assert Client().post("/healthz").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_without_a_worker_it_is_ready_with_a_warning() -> None:
    cache.clear()
    found = Client().get("/readyz")
    assert (found.status_code, found.json()) == (200, {"status": "ready", "problems": [], "warnings": ["worker"]})
    cache.set("heartbeat.worker", timezone.now().isoformat(), timeout=None)
    assert Client().get("/readyz").json()["warnings"] == []
    cache.set("heartbeat.worker", (timezone.now() - heartbeat.SILENT - timedelta(seconds=1)).isoformat(), timeout=None)
    assert Client().get("/readyz").json()["warnings"] == ["worker"]


def test_a_migration_that_is_to_come_makes_it_unready() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'access'")
    found = Client().get("/readyz")
    assert (found.status_code, found.json()["problems"]) == (HTTPStatus.SERVICE_UNAVAILABLE, ["migrations"])


def test_metrics_are_for_this_machine_and_for_whoever_has_the_token(settings: Any) -> None:
    company()
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics").status_code == HTTPStatus.OK
    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics").status_code == HTTPStatus.NOT_FOUND
    assert Client(headers={"X-Forwarded-For": "10.0.0.7"}).get("/metrics").status_code == HTTPStatus.NOT_FOUND
    bearer = {"Authorization": "Bearer a-token-of-ours", "X-Forwarded-For": "10.0.0.7"}
    assert Client(headers=bearer).get("/metrics").status_code == HTTPStatus.NOT_FOUND
    settings.METRICS_TOKEN = "a-token-of-ours"
    assert Client(headers=bearer).get("/metrics").status_code == HTTPStatus.OK
    wrong = {"Authorization": "Bearer another", "X-Forwarded-For": "10.0.0.7"}
    assert Client(headers=wrong).get("/metrics").status_code == HTTPStatus.NOT_FOUND


def test_metrics_count_and_name_nobody(django_assert_max_num_queries: Any) -> None:
    company()
    lin = person("林晓岚", "linxiaolan")
    Client().post("/accounts/login/", {"login": "linxiaolan", "password": PASSWORD})
    Client().get("/accounts/login/")
    with django_assert_max_num_queries(20):
        text = Client().get("/metrics").content.decode()
    assert "aftersign_sign_ins 1.0" in text
    assert 'method="GET"' in text
    assert "aftersign_request_seconds_bucket" in text
    assert "aftersign_facts 0.0" in text
    for private in ("林晓岚", "linxiaolan", str(lin.pk), "/accounts/"):
        assert private not in text


def test_two_gauges_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="already"):
        metrics.offer(metrics.Gauge("aftersign_facts", "", (), lambda: ()))
