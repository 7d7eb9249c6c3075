"""Every page of the product, as the access table lists its addresses, and the states in which they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client

from aftersign.kernel.org.models import Person
from tests.access.stage import PEOPLE, Stage
from tests.access.table import TABLE, Route
from tests.access.test_routes import OUTSIDE, enter
from tests.access.visits import address
from tests.firm import PASSWORD

FILES = {
    "compliance-paper",
    "order-table-empty",
    "order-table-wrong",
    "final:download",
    "general:people_template",
    "handover:printed",
    "handover:receipt",
    "handover:scan",
    "handover:sealed",
    "orders:document",
    "orders:paper_file",
    "orders:paper_preview",
    "shell:public_certificates",
    "shell:public_keys",
}
"""Addresses that lead to files."""

PARTS = {"shell:people", "palette", "handover:seal", "orders:suggestions", "notice-follow", "handover:sign"}
"""Addresses of parts of pages, and those that lead on to another page at once."""

LATER = {"mfa_authenticate", "mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_deactivate_totp"}
LATER |= {"mfa_view_recovery_codes"}
"""Pages that ask for the password or a second factor first; they have sights of their own below."""

TAKEN = {"orders:defaults", "orders:defaults_of"}
TAKEN |= {"account_logout", "general:account", "handover:unsign", "notice-wishes", "shell:revoke_token"}
"""Forms that ask for nothing, so that an empty one is not refused."""


@dataclass(frozen=True)
class Sight:
    """A page as somebody opens it or, where `sent` is not None, as it comes back after that was sent to it.

    `state` is the one in which the order is; `before` what somebody has done: `proven` who they are, or set up a second
    `factor`, or signed in with the `password` of two.
    """

    name: str
    role: str
    route: str
    query: str = ""
    sent: dict[str, str] | None = None
    state: str = ""
    before: str = ""

    def __str__(self) -> str:
        return self.name


def _who(route: Route, method: str) -> str:
    """Somebody who may open the page and, where that is possible, fill in its form."""
    may = TABLE.circles[route.methods[method]]["own"]
    fills = TABLE.circles[route.methods.get("POST", route.methods[method])]["own"]
    roles = [role for role in TABLE.roles if role in may and role not in OUTSIDE]
    return next((role for role in roles if role in fills), roles[0])


def _is_page(route: Route) -> bool:
    return "GET" in route.methods and route.name not in FILES | PARTS | LATER


def _opened() -> list[Sight]:
    strangers = {"account_login"}
    return [
        Sight(route.name, "stranger" if route.name in strangers else _who(route, "GET"), route.name)
        for route in TABLE.routes.values()
        if _is_page(route)
    ]


def _refused() -> list[Sight]:
    return [
        Sight(f"{route.name} refused", _who(route, "POST"), route.name, sent={})
        for route in TABLE.routes.values()
        if _is_page(route) and "POST" in route.methods and route.name not in TAKEN | {"account_login"}
    ]


AFTER = ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes")
NOTHING = "?q=there-is-nothing-of-that-name"
STATES = [
    *(Sight(f"my-work {tab}", "project_manager", "my-work", f"?tab={tab}") for tab in ("mine", "others", "away")),
    *(Sight(f"my-work {tab}", "project_head", "my-work", f"?tab={tab}") for tab in ("department", "below")),
    Sight("my-work by order", "project_head", "my-work", "?tab=department&group=order"),
    *(Sight(f"{name} empty", "project_head", name, NOTHING) for name in ("my-work", "orders:list", "orders:customers")),
    *(Sight(f"{name} empty", "project_head", name, NOTHING) for name in ("compliance", "compliance-list", "search")),
    *(Sight(f"{name} empty", "administrator", name, NOTHING) for name in ("general:people", "shell:audit", "notices")),
    Sight("my-work of whoever does no business", "administrator", "my-work"),
    Sight("search found", "project_head", "search", "?q=本人"),
    Sight("notices all", "seller", "notices", "?all=1"),
    Sight("compliance of the auditor", "auditor", "compliance"),
    Sight("compliance-check of a paper", "auditor", "compliance-check", "?code=abab-abab-abab-abab"),
    Sight("compliance-check of no paper", "auditor", "compliance-check", "?code=0000-0000-0000-0000"),
    *(Sight(f"orders:order {state}", "seller", "orders:order", state=state) for state in ("fresh", "accepted")),
    *(Sight(f"handover:form {state}", "seller", "handover:form", state=state) for state in ("sent", "accepted")),
    Sight("general:request to decide", "project_head", "general:request"),
    Sight("duty to take", "project_member", "duty"),
    Sight("general:approve refused", "project_head", "general:approve", sent={"_version": "0"}),
    Sight("general:refuse refused", "project_head", "general:refuse", sent={}),
    Sight("handover:form of others", "project_head", "handover:form"),
    Sight("orders:customer of others", "auditor", "orders:customer"),
    Sight("account_login refused", "stranger", "account_login", sent={"login": "wumin", "password": "wrong"}),
    Sight("shell:settings of the administrator", "administrator", "shell:settings"),
    Sight("shell:me of whoever stands in", "project_member", "shell:me"),
    Sight("mfa_activate_totp", "seller", "mfa_activate_totp", before="proven"),
    Sight("mfa_activate_totp refused", "seller", "mfa_activate_totp", before="proven", sent={"code": "000000"}),
    Sight("mfa_index with a factor", "seller", "mfa_index", before="factor"),
    *(Sight(name, "seller", name, before="factor") for name in AFTER),
    Sight("mfa_authenticate", "stranger", "mfa_authenticate", before="password"),
    Sight("mfa_authenticate refused", "stranger", "mfa_authenticate", before="password", sent={"code": "000000"}),
    Sight("not found", "seller", "clauses", "nowhere/"),
    Sight("forbidden", "auditor", "handover:correct_form"),
]
SIGHTS = [*_opened(), *_refused(), *STATES]


def shown(sight: Sight, stage: Stage, language: str) -> str:
    """The page as HTML in a language; whatever the visit changed is taken back."""
    with transaction.atomic():
        Person.objects.update(language=language)
        client = enter(sight.role)
        client.post("/me/preferences/", {"language": language})
        _get_ready(client, sight)
        answer = _visit(client, sight, _address(sight, stage))
        transaction.set_rollback(True)
    html: str = answer.content.decode()
    assert "<html" in html, f"{sight} is no page: {answer.status_code} {answer.get('Location', '')}"
    return html


def _get_ready(client: Client, sight: Sight) -> None:
    account = PEOPLE.get(sight.role, "wumin")
    if sight.before in ("factor", "password"):
        TOTP.activate(Person.objects.get(account=account), generate_totp_secret())
    if sight.before == "password":
        client.post("/accounts/login/", {"login": account, "password": PASSWORD})
    elif sight.before:
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def _address(sight: Sight, stage: Stage) -> str:
    if sight.state:
        number = getattr(stage.sides["own"], sight.state).number
        instead = address(sight.route, stage, "own").split("/")
        return "/".join(number if part.startswith("SO-") else part for part in instead)
    return address(sight.route, stage, "own") + sight.query


def _visit(client: Client, sight: Sight, to: str) -> Any:
    return client.get(to) if sight.sent is None else client.post(to, sight.sent)
