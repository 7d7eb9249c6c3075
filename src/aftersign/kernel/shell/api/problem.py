"""What went wrong, said to programs: problem details as RFC 9457 has them, with the check and the clauses behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.acts.refusals import Forbidden, Refusal, Refused, Reused, Stale

MEDIA_TYPE = "application/problem+json"
URN = "urn:aftersign:problem:"
REALM = 'Bearer realm="AfterSign"'


@dataclass(frozen=True)
class Kind:
    """A kind of problem: the status with which it is answered and its title."""

    status: int
    title: str | Promise


KINDS: dict[str, Kind] = {
    "malformed": Kind(400, _("The request cannot be read")),
    "unauthenticated": Kind(401, _("A token is needed")),
    "forbidden": Kind(403, _("This may not be done")),
    "scope": Kind(403, _("The token was not made for this")),
    "signature": Kind(403, _("A program signs nothing")),
    "not-found": Kind(404, _("There is no such thing here")),
    "method": Kind(405, _("This is not offered here")),
    "stale": Kind(409, _("Somebody was faster")),
    "too-large": Kind(413, _("More was sent than is taken in")),
    "refused": Kind(422, _("The act was refused")),
    "key": Kind(422, _("This Idempotency-Key was used for something else already")),
    "invalid": Kind(422, _("What was sent does not fit")),
    "too-many": Kind(429, _("Too many requests")),
    "broken": Kind(500, _("A mistake of ours")),
}


@dataclass(frozen=True)
class Reason:
    """One reason: a sentence, the check that failed, the clauses that demand it, and the fields that are lacking."""

    detail: str
    check: str = ""
    clauses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class Trouble(Exception):
    """A request cannot be met: answered with a problem of this kind."""

    kind: str
    detail: str = ""
    reasons: tuple[Reason, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def said(request: HttpRequest, trouble: Trouble) -> JsonResponse:
    """A trouble as the answer to a request."""
    kind = KINDS[trouble.kind]
    reasons = trouble.reasons
    body = {
        "type": URN + trouble.kind,
        "title": str(kind.title),
        "status": kind.status,
        "detail": trouble.detail or " ".join(each.detail for each in reasons) or str(kind.title),
        "instance": request.path,
        "check": next((each.check for each in reasons if each.check), ""),
        "clauses": _once(clause for each in reasons for clause in each.clauses),
        "missing": _once(name for each in reasons for name in each.missing),
        "reasons": [asdict(each) for each in reasons],
        "request_id": getattr(request, "request_id", ""),
    }
    signs = {"ensure_ascii": False}
    headers = {**trouble.headers}
    return JsonResponse(body, status=kind.status, headers=headers, content_type=MEDIA_TYPE, json_dumps_params=signs)


def of_refusal(refused: Refused) -> Trouble:
    """What an act was refused for: by whom it may not be done, that it is outdated, or what stands in the way."""
    if isinstance(refused, Reused):
        return Trouble("key")
    kind = "forbidden" if isinstance(refused, Forbidden) else "stale" if isinstance(refused, Stale) else "refused"
    return Trouble(kind, reasons=tuple(_reason(each) for each in refused.refusals))


def of_values(errors: Iterable[Mapping[str, Any]]) -> Trouble:
    """What does not fit of that which was sent, each with the place where it stands."""
    return Trouble("invalid", reasons=tuple(_misfit(each) for each in errors))


def _reason(refusal: Refusal) -> Reason:
    return Reason(refusal.sentence, refusal.check, refusal.clauses, refusal.missing)


def _misfit(error: Mapping[str, Any]) -> Reason:
    place = ".".join(str(each) for each in error["loc"])
    return Reason(f"{place}: {error['msg']}", missing=(place,))


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
