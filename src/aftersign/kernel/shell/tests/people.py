"""People, requests and a list of people for the tests of the shell."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.html import format_html

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.shell.lists import Column, Filter, List

PASSWORD = "a-long-sentence-7"


def company() -> Company:
    """The one company."""
    made, _new = Company.objects.get_or_create(defaults={"name": "恒信科技有限公司"})
    return made


def person(name: str = "林晓岚", account: str = "", **more: Any) -> Person:
    """Somebody who works here and can sign in."""
    made = Person(name=name, account=account or f"p{Person.objects.count()}", **more)
    made.set_password(PASSWORD)
    made.save()
    return made


def request(who: Person | None = None, path: str = "/list/", data: Any = None, **headers: str) -> HttpRequest:
    """A request of a person; a POST when there is data to send."""
    factory = RequestFactory(headers=headers)
    made = factory.get(path) if data is None else factory.post(path, data)
    made.actor = Actor("person", person=who) if who else None  # type: ignore[attr-defined]
    return made


class PeopleList(List):
    """People by name, with a search and a filter, as a room would write it."""

    name, title = "people", "People"
    sort, size = "name", 25
    columns = (
        Column(
            "name", "Name", cell=lambda row: format_html('<a href="/people/{}/">{}</a>', row.pk, row.name), sort="name"
        ),
        Column("title", "Post", cell=lambda row: row.title, sort="title"),
        Column("left_on", "Left on", cell=lambda row: row.left_on, sort="left_on"),
        Column("account", "Account", cell=lambda row: row.account, hidden=True),
    )
    filters = (
        Filter(
            "post",
            "Post",
            choices=lambda request: [("engineer", "Engineer"), ("buyer", "Buyer")],
            apply=lambda rows, values: rows.filter(title__in=values),
        ),
    )
    empty_title = "Nobody works here yet"

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(name__icontains=text)


def listed(path: str = "/list/", who: Person | None = None, **headers: str) -> tuple[PeopleList, HttpResponse]:
    """The list of people and its answer as a part of a page."""
    asked = request(who, path, **{"HX-Request": "true", "HX-Target": "list-people", **headers})
    listing = PeopleList(asked, Person.objects.all())
    return listing, listing.response("shell/list_part.html")  # type: ignore[return-value]


def department(name: str = "项目部") -> Department:
    """A department of the company."""
    company()
    return Department.objects.create(name=name)
