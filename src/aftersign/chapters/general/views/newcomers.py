"""People from a table: the file is looked at, then everybody in it is listed, and passwords are shown once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import verify_password
from django.http import HttpRequest, HttpResponse

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.newcomers import NewcomersForm, passwords_as_file, template
from aftersign.chapters.general.views.doors import page, reading
from aftersign.chapters.general.views.keepers import kept
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import page_or_part

ACT = "general.list_people"
SHOWN = 200
"""Passwords that stand on the page; all of them are in the file."""


@page
def new_people(request: HttpRequest) -> HttpResponse:
    """Look at a table of people, and list them all at once."""
    kept(request, ACT, company())
    form = NewcomersForm(request)
    if form.is_confirmed and form.does(lambda: _listed(form)):
        return _all_once(request, form)
    return page_or_part(request, "general/people/many.html", form=form)


@reading
def people_template(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns."""
    kept(request, ACT, company())
    answer = HttpResponse(template(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


def _listed(form: NewcomersForm) -> Company:
    return acts.list_people(company(), newcomers=form.newcomers, passwords=form.secrets, by=form.actor)


def _all_once(request: HttpRequest, form: NewcomersForm) -> HttpResponse:
    """The passwords in the answer itself, kept nowhere; a repeated attempt made none and shows none."""
    secrets = {account.lower(): secret.text for account, secret in form.secrets.items()}
    people = [(each, secrets[each.account]) for each in Person.objects.filter(account__in=secrets).order_by("name")]
    fresh = people if people and verify_password(people[0][1], people[0][0].password)[0] else []
    shown: dict[str, Any] = {
        "people": fresh[:SHOWN],
        "more": max(0, len(fresh) - SHOWN),
        "file": passwords_as_file(fresh),
    }
    answer = page_or_part(request, "general/people/many_listed.html", number=len(people), **shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
