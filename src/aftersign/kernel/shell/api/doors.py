"""The doors of the interface for programs: what an operation asks for, and that every answer is one for programs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, UnreadablePostError
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell.api import problem
from aftersign.kernel.shell.api.bearer import Opened
from aftersign.kernel.shell.api.document import CONDITION, KEYED
from aftersign.kernel.shell.api.problem import Trouble
from aftersign.kernel.shell.bounded import let_go
from aftersign.kernel.vault.limits import limit, too_much

View = Callable[..., HttpResponseBase]
NOT_ALLOWED, SERVER = 405, 500
_log = logging.getLogger(__name__)


class Renderer(JSONRenderer):
    """JSON in which Chinese is one sign a sign."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    """An interface whose operations are known by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function: what the access table calls it."""
        return operation.view_func.__name__

    def routes(self) -> list[URLPattern]:
        """The addresses of all operations, each answering in the manner of programs."""
        found = (each for each in self.urls[0] if isinstance(each, URLPattern) and each.name != "api-root")
        return [path(str(each.pattern), guarded(each.callback), name=each.name) for each in found]


def scoped(scope: str, *, keyed: bool = False, versioned: bool = False) -> dict[str, Any]:
    """What an operation asks for: a token with a scope; `keyed` acts are done once a key, `versioned` ones compare."""
    headers = [*([KEYED] if keyed else []), *([CONDITION] if versioned else [])]
    return {
        "auth": Opened(scope),
        "openapi_extra": {"security": [{"token": [scope] if scope else []}], "parameters": headers},
    }


def made(**said: Any) -> Api:
    """An interface that answers whatever goes wrong with a problem."""
    api = Api(openapi_url=None, docs_url=None, renderer=Renderer(), **said)
    for sort, as_trouble in _TROUBLES.items():
        api.add_exception_handler(sort, _handler(as_trouble))
    return api


def guarded(view: View) -> View:
    """A view that asks for no session and answers with nothing but JSON, whatever happens."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            found = _readable(request) or view(request, *args, **kwargs)
        except RequestDataTooBig:
            found = problem.said(request, Trouble("too-large"))
        except (BadRequest, SuspiciousOperation, UnreadablePostError):
            found = problem.said(request, Trouble("malformed"))
        except Exception:  # noqa: BLE001 (a program is answered, and the log knows why)
            _log.exception("the interface for programs failed at %s", request.path)
            found = problem.said(request, Trouble("broken"))
        request.method = asked
        if found.status_code == NOT_ALLOWED:
            found = problem.said(request, Trouble("method", headers={"Allow": found.headers["Allow"]}))
        found.headers["Cache-Control"] = "no-store"
        found.headers["Content-Language"] = translation.get_language() or ""
        if next_page := getattr(request, "next_page", ""):
            found.headers["Link"] = f'<{next_page}>; rel="next"'
        return found

    answer.login_required = False  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


@guarded
def unknown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Whatever is asked for at an address that is none."""
    return problem.said(request, Trouble("not-found"))


def _readable(request: HttpRequest) -> HttpResponseBase | None:
    """No database keeps the sign NUL: an address that holds it leads nowhere. What brings too much is not read."""
    if too_much(request, files=1):
        let_go(request)
        sentence = _("A file has at most %(limit)d MB, and one comes with a request.") % {"limit": limit() >> 20}
        return problem.said(request, Trouble("too-large", sentence))
    if "\x00" in request.path or any("\x00" in text for pair in _pairs(request) for text in pair):
        return problem.said(request, Trouble("malformed", _("Leave out the sign NUL.")))
    return None


def _pairs(request: HttpRequest) -> Iterator[tuple[str, ...]]:
    return ((name, *map(str, values)) for name, values in request.GET.lists())


def _of_http_error(error: Any) -> Trouble:
    return Trouble("malformed", _("The body is no JSON.")) if error.status_code < SERVER else Trouble("broken")


def _handler(as_trouble: Callable[[Any], Trouble]) -> Callable[..., Any]:
    return lambda request, error: problem.said(request, as_trouble(error))


_TROUBLES: dict[type[Exception], Callable[[Any], Trouble]] = {
    Trouble: lambda trouble: trouble,
    Refused: problem.of_refusal,
    Http404: lambda error: Trouble("not-found"),
    PermissionDenied: lambda error: Trouble("forbidden", str(error)),
    ValidationError: lambda error: problem.of_values(error.errors),
    HttpError: _of_http_error,
    RecursionError: lambda error: Trouble("malformed", _("The body is no JSON.")),
}
