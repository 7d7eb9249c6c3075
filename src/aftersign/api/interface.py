"""The first version of the interface, put together from the routers of the floors below."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Router, Schema
from ninja.responses import NinjaJSONEncoder

from aftersign.chapters.handover.api import handover
from aftersign.desk.api import clauses, duties, facts
from aftersign.kernel.org.models import Token
from aftersign.kernel.shell.api.document import document
from aftersign.kernel.shell.api.doors import made, scoped
from aftersign.kernel.shell.api.values import Who
from aftersign.orders.api import files, orders

PREFIX = "/api/v1/"
ABOUT = """Orders, handover, duties, clauses, facts and files of AfterSign, for programs.

A program acts as the person of its token, sees what they see and may do what they may, never more. Lists are paged:
`next` of a page is the address of the one that follows. Acts are sent with POST; with an `Idempotency-Key` an act is
done once, however often it is sent. Whatever goes wrong is answered with a problem (RFC 9457)."""

own = Router(tags=["token"])


class TokenShown(Schema):
    """The token that was sent: its person, its scopes (none: all that the person may), and until when it lasts."""

    name: str
    person: Who
    scopes: list[str]
    expires_at: str


@own.get("/token", response=TokenShown, **scoped(""))
def read_token(request: HttpRequest) -> TokenShown:
    """Who one is here."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return TokenShown(
        name=token.name,
        person=Who(account=token.person.account, name=token.person.name),
        scopes=token.scopes,
        expires_at=token.expires_at.isoformat(),
    )


api = made(title="AfterSign", version="1", description=ABOUT, urls_namespace="api", servers=[{"url": "/"}])
for router in (own, *(each.router for each in (orders, handover, duties, clauses, facts, files))):
    api.add_router("", router)


def description(request: HttpRequest) -> HttpResponse:
    """The description of the interface in OpenAPI 3.1, for everybody."""
    return HttpResponse(_written(), content_type="application/json")


@cache
def _written() -> str:
    with translation.override("en"):
        described = document(api.get_openapi_schema(path_prefix=PREFIX))
    return json.dumps(described, cls=NinjaJSONEncoder, ensure_ascii=False)
