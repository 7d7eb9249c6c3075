"""What is said of each request: a number by which it is found again, a line in the log, a count for the metrics.

A line names the route, never the address with its ids, and nobody: not who asked, from where, or what they sent.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.shell import metrics
from aftersign.kernel.shell.headroom import with_headroom

HEADER = "X-Request-Id"
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger("aftersign.request")


def observed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request its number, and say afterwards how it went."""

    def answer(request: HttpRequest) -> HttpResponse:
        request_id = request.request_id = number_of(request)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        count, began = Count(), time.perf_counter()
        with connection.execute_wrapper(count):
            response = get_response(request)
        seconds = time.perf_counter() - began
        method, route = request.method or "", route_of(request)
        metrics.count(method, response.status_code, seconds)
        _log.info(
            "request",
            method=method if method in metrics.METHODS else "other",
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000),
            sql=count.statements,
        )
        structlog.contextvars.clear_contextvars()
        response.headers[HEADER] = request_id
        return response

    return with_headroom(answer)


def number_of(request: HttpRequest) -> str:
    """The number that came with a request, when it is one, else a new one."""
    said = request.headers.get(HEADER, "")
    return said if _NUMBER.fullmatch(said) else str(new_id())


def route_of(request: HttpRequest) -> str:
    """The name of the route that answered, empty for what is no route."""
    found = request.resolver_match
    return (found.view_name or "") if found else ""


class Count:
    """Counts the statements that a request sends to the database."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)
