"""Pages for what went wrong: what happened, why, and what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.shell.frame import Bare
from aftersign.kernel.shell.responses import part, wants_part


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, "shell/errors/bad_request.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, but not theirs to do."""
    return _page(request, "shell/errors/forbidden.html", 403, sentence=str(exception or ""))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of this session."""
    return _page(request, "shell/errors/forged.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader."""
    return _page(request, "shell/errors/not_found.html", 404, actor=getattr(request, "actor", None))


def too_large(request: HttpRequest, sentence: str) -> HttpResponse:
    """413: more than can be taken in."""
    return _page(request, "shell/errors/too_large.html", 413, sentence=sentence)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many attempts in too little time."""
    return _page(request, "shell/errors/too_many.html", 429)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours."""
    return _page(request, "shell/errors/broken.html", 500)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """403, 409 or 422: an act that no form asked for was refused; nothing has changed."""
    status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Stale) else 422
    actor = getattr(request, "actor", None)
    return _page(request, "shell/errors/refused.html", status, refusals=refusal.refusals, refusal=refusal, actor=actor)


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """An error page, or its text alone where htmx or a program asked.

    It asks the database for nothing, so that it stands also when that is what is broken.
    """
    values = {"frame": Bare(request), "request_id": _id(request), **context}
    if wants_part(request):
        return HttpResponse(part(request, template, values), status=status)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        title = part(request, template, values, block="title")
        return JsonResponse({"detail": title, "request_id": values["request_id"]}, status=status)
    return HttpResponse(render_to_string(template, values), status=status)


def _id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
