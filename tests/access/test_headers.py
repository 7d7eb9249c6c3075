"""What every answer says to browsers: pages, redirects, refusals, errors, static files, the API and downloads."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.access.stage import Stage
from tests.access.table import TABLE
from tests.access.test_routes import enter
from tests.access.visits import address

NONE = "'none'"
POLICY = {
    "default-src": NONE, "object-src": NONE, "base-uri": NONE, "frame-ancestors": NONE, "form-action": "'self'",
    "script-src": "'self'", "style-src": "'self'",
}  # fmt: skip
SAID = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ELSEWHERE = (
    "/nowhere/",
    "/static/shell/aftersign.css",
    "/static/none.css",
    "/api/v1/orders",
    "/healthz",
    "/readyz",
    "/metrics",
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


def faults(answer: Any) -> Iterator[str]:
    """What an answer lacks."""
    policy = dict(part.strip().partition(" ")[::2] for part in answer.get("Content-Security-Policy", "").split(";"))
    yield from (f"{name} {policy.get(name)}" for name, value in POLICY.items() if policy.get(name) != value)
    yield from ("unsafe" for _each in [1] if "unsafe" in answer.get("Content-Security-Policy", ""))
    yield from (f"{name}: {answer.get(name)}" for name, value in SAID.items() if answer.get(name) != value)
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    if not answer.get("X-Request-Id"):
        yield "X-Request-Id"
    for name, cookie in answer.cookies.items():
        if cookie["samesite"] != "Lax" or (name == "sessionid" and not cookie["httponly"]):
            yield f"cookie {cookie}"


def keeps(answer: Any) -> bool:
    """Whether a cache may keep the answer for others or beyond the visit."""
    said = answer.get("Cache-Control", "")
    return "no-store" not in said and not said.startswith("private")


@pytest.mark.parametrize("role", ["stranger", "seller", "administrator"])
def test_every_address_says_so(stage: Stage, role: str) -> None:
    wrong = []
    for route in TABLE.routes.values():
        with transaction.atomic():
            answer = enter(role).get(address(route.name, stage, "own"))
            wrong += [f"{route.name} {answer.status_code}: {fault}" for fault in faults(answer)]
            wrong += [f"{route.name} may be kept"] if keeps(answer) else []
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ELSEWHERE)
def test_what_is_no_page_says_so(stage: Stage, path: str, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get(path)
    assert not list(faults(answer))
    assert keeps(answer) is (path == "/static/shell/aftersign.css")


def test_forms_from_elsewhere_and_mistakes_of_ours_say_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert (forged.status_code, list(faults(forged))) == (403, [])
    monkeypatch.setattr("aftersign.kernel.shell.views.page_or_part", lambda *_args, **_kwargs: 1 / 0)
    client = enter("seller")
    client.raise_request_exception = False
    broken = client.get("/me/")
    assert (broken.status_code, list(faults(broken)), keeps(broken)) == (500, [], False)


def test_under_https_cookies_are_bound_to_the_host_and_browsers_stay_with_it() -> None:
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
    ]
    code = (
        f"import json; from aftersign.project import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    for https, expected in (
        ("1", ["__Host-sessionid", "__Host-csrftoken", True, True, 31_536_000]),
        ("", ["sessionid", "csrftoken", False, False, 0]),
    ):
        environment = {**os.environ, "AFTERSIGN_HTTPS": https}
        assert json.loads(subprocess.check_output([sys.executable, "-c", code], env=environment)) == expected


def test_hsts_is_said_over_https_alone(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/healthz", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/healthz")
