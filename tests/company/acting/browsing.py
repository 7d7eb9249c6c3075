"""Random visits: people follow links and send the forms that they find, filled in as they please."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aftersign.kernel.org.models import Person
from tests.company.acting.orders import order
from tests.company.acting.reading import Field, Form, Page, read
from tests.company.acting.walk import Move, Walk, trace
from tests.firm import PASSWORD

BEGINNINGS = (
    "/",
    "/orders/",
    "/orders/register/",
    "/orders/adopt/",
    "/orders/customers/",
    "/requests/",
    "/clauses/",
    "/me/",
    "/settings/",
    "/settings/people/",
    "/settings/people/list/",
    "/settings/people/new/",
    "/settings/editions/",
)
OF_ORDER = (
    "",
    "edit/",
    "team/",
    "activity/",
    "duties/",
    "complete/",
    "suspend/",
    "terminate/",
    "handover/",
    "handover/project/",
    "handover/finance/",
    "handover/correct/",
    "handover/explain/",
    "handover/original/",
    "handover/correction/",
)
OF_THE_FRAME = ("/me/preferences/", "/accounts/")
SHUT = ("/accounts/", "/static/")
ODD = ("\x00", "0", "-1", "1e400", "NaN", "9999-12-31", "2026-02-30", "长" * 3000, "'; --", "%s{0}", "\u202e反")


class Broken(Exception):
    """A page answered that something of the house is broken."""


def visit(walk: Walk) -> object:
    """Somebody opens a page: one that the last page led to, or one to begin at."""
    person = walk.anybody()
    return _look(walk, person, _where_to(walk, person))


def send(walk: Walk) -> object:
    """Somebody opens a page and sends one of its forms."""
    person = walk.anybody()
    address = _where_to(walk, person)
    page = _look(walk, person, address)
    form = walk.one(each for each in page.forms if not each.action.startswith(OF_THE_FRAME) or walk.happens(0.05))
    to = urljoin(address, form.action or "")
    if to.startswith(SHUT):
        return None
    headers, before = {"HX-Request": "true"} if walk.happens(0.2) else {}, trace(False)
    answer = _browser(walk, person).post(to, _filled(walk, form), headers=headers)
    if answer.status_code >= 400 and trace(False) != before:
        raise Broken(f"{answer.status_code} {to} for {person.account}, and yet something was stated")
    return _known(walk, person, to, answer)


def _where_to(walk: Walk, person: Person) -> str:
    """A link of the page that somebody looked at last, a page to begin at, or a page of an order."""
    known = walk.places.get(person.pk, [])
    if known and walk.happens(0.6):
        return walk.one(known)
    if walk.happens(0.6):
        return walk.one(BEGINNINGS)
    return f"/orders/{order(walk).number}/{walk.one(OF_ORDER)}"


def _look(walk: Walk, person: Person, address: str) -> Page:
    query = {"q": walk.words()} if walk.happens(0.05) else {}
    answer = _browser(walk, person).get(address, query)
    return _known(walk, person, address, answer)


def _known(walk: Walk, person: Person, address: str, answer: Any) -> Page:
    """What an answer led to, so that the next visit goes on from there."""
    if answer.status_code >= 500:
        raise Broken(f"{answer.status_code} {address} for {person.account}")
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    page = read(answer.content.decode()) if is_page and not answer.streaming else Page()
    links = [urljoin(address, each) for each in page.links]
    walk.places[person.pk] = [each for each in links if each.startswith("/") and not each.startswith(SHUT)]
    walk.done[f"answered {answer.status_code}"] += 1
    return page


def _browser(walk: Walk, person: Person) -> Client:
    """The browser of a person, who has signed in if they may."""
    browser = walk.browsers.setdefault(person.pk, Client())
    if person.is_active and person.left_on is None and "_auth_user_id" not in browser.session:
        browser.force_login(person)
    return browser


def _filled(walk: Walk, form: Form) -> dict[str, Any]:
    """What a form would send, after somebody has filled it in."""
    said: dict[str, Any] = {}
    for field in form.fields:
        if walk.happens(0.03):
            continue
        value = _written(walk, field)
        if value is not None:
            said.setdefault(field.name, []).append(value)
    if form.buttons:
        name, value = walk.one(form.buttons)
        said[name] = [value]
    return said


def _written(walk: Walk, field: Field) -> Any:
    """What somebody puts into a field; None leaves it out."""
    if field.kind == "hidden":
        return field.value if walk.happens(0.98) else walk.one(ODD)
    if field.kind in ("checkbox", "radio"):
        return field.value or "on" if walk.happens(0.6) else None
    if field.kind == "file":
        return SimpleUploadedFile("文件.pdf", b"%PDF-1.7 \n") if walk.happens(0.7) else None
    if walk.happens(0.04):
        return walk.one(ODD)
    if field.kind == "select":
        return walk.one(field.choices) if field.choices else None
    if field.kind == "password":
        return PASSWORD
    if field.kind in ("date", "datetime-local"):
        day = walk.day(-3, 12).isoformat()
        return day if field.kind == "date" else f"{day}T09:30"
    if field.kind == "number":
        return str(walk.chance.randint(-1, 40))
    return field.value if field.value and walk.happens(0.7) else _text(walk)


def _text(walk: Walk) -> str:
    """A sentence, a name of somebody, a number or a day: fields do not say what they take."""
    ways = (walk.words, lambda: walk.anybody().account, lambda: "1000", lambda: walk.day().isoformat())
    return walk.chance.choices(ways, (6, 3, 2, 1))[0]()


MOVES: dict[Move, int] = {visit: 12, send: 28}
