"""What comes with requests: no more than can be taken in or kept, and nothing stays when a sender breaks off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from aftersign.kernel.shell import errors
from aftersign.kernel.vault.limits import limit, too_much

NUL = "\x00"
_LET_GO = 32 << 20
_CHUNK = 1 << 20


class Bounded:
    """Stands before whatever reads a form. The interface for programs has a bound of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if request.method == "POST":
                for handler in request.upload_handlers:
                    handler.upload_interrupted()

    def process_view(self, request: HttpRequest, view: Any, *given: Any) -> HttpResponse | None:
        """A page that says why, for a request that brings too much or what no database keeps; None for any other."""
        if getattr(view, "csrf_exempt", False):
            return None
        if too_much(request):
            let_go(request)
            sentence = _("A file has at most %(limit)d MB. Send smaller files, or fewer at once; nothing was taken in.")
            return errors.too_large(request, sentence % {"limit": limit() >> 20})
        request.GET = keepable(request.GET)  # type: ignore[assignment]
        if NUL in request.path:
            return errors.not_found(request)
        return errors.bad_request(request) if any(map(_holds_nul, request.POST.lists())) else None


def keepable(query: QueryDict) -> QueryDict:
    """What was asked for, without the one sign that no database keeps; nobody can type it."""
    if not any(map(_holds_nul, query.lists())):
        return query
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean


def _holds_nul(pair: tuple[str, Sequence[object]]) -> bool:
    return any(NUL in text for text in (pair[0], *map(str, pair[1])))


def let_go(request: HttpRequest) -> None:
    """Read a little of what is not wanted: a sender who is cut off at once may not get to see the answer."""
    if "Expect" in request.headers:
        return  # whoever asks before sending has sent nothing
    with suppress(OSError):
        for _piece in range(_LET_GO // _CHUNK):
            if not request.read(_CHUNK):
                return
