"""What machines ask: is the process up, can it work, and how much is there to do.

They are answered before anything else asks the database, so that they answer also when that is what is broken.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from aftersign.kernel.shell import heartbeat, metrics

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
"""What a web server in front adds: with one of these, a request has not begun on this machine."""


def probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer the three addresses of machines; everything else goes its way."""
    known = {"/healthz": healthz, "/readyz": readyz, "/metrics": read_metrics}

    def answer(request: HttpRequest) -> HttpResponse:
        view = known.get(request.path)
        if view is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return view(request)

    return answer


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether work can be done here: 503 without database or with migrations to come; a silent worker is a warning."""
    problems, warnings = [], []
    try:
        if _waiting():
            problems.append("migrations")
        elif heartbeat.is_silent(heartbeat.WORKER):
            warnings.append("worker")
    except DatabaseError:
        problems.append("database")
    status = "unavailable" if problems else "ready"
    return JsonResponse({"status": status, "problems": problems, "warnings": warnings}, status=503 if problems else 200)


def read_metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for this machine or for whoever has the token; to all others they are not there."""
    if not (_is_from_here(request) or _has_token(request)):
        return HttpResponse(status=404)
    try:
        return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)
    except DatabaseError:
        return HttpResponse(status=503)


def _waiting() -> bool:
    """Whether the database lacks a migration of this program."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_from_here(request: HttpRequest) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    return bool(token) and scheme.lower() == "bearer" and compare_digest(said.strip().encode(), token.encode())
