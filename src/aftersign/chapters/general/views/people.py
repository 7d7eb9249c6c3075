"""People: the list of all, one person, and what is changed of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.people import AccountForm, ListForm, MoveForm
from aftersign.chapters.general.queries.history import history_of
from aftersign.chapters.general.queries.people import person_page
from aftersign.chapters.general.views.doors import actor_of, page, reading
from aftersign.chapters.general.views.keepers import kept, person_of
from aftersign.chapters.general.views.roll import Roll
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part


@reading
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody, to be searched, filtered and sorted."""
    keeps = allowed(actor_of(request), "general.list_person", company())
    return Roll(request).response("general/people/list.html", keeps=keeps)


@reading
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: posts, departments, deputies, duties and orders."""
    found, actor = person_of(request, pk), actor_of(request)
    may = {act: allowed(actor, f"general.{act}", found) for act in ("move_person", "name_deputy")}
    shown: dict[str, Any] = {"page": person_page(actor, found), "history": history_of(actor, found), "may": may}
    return page_or_part(request, "general/people/person.html", person=found, **shown)


@page
def new_person(request: HttpRequest) -> HttpResponse:
    """List somebody, and show once the password with which they begin."""
    kept(request, "general.list_person", company())
    form = ListForm(request)
    if form.does(lambda: acts.list_person(company(), **form.said, by=form.actor)):
        return _once(request, form.result, form.secret)
    return page_or_part(request, "general/people/new.html", form=form)


@page
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another department, name, title, mail or language for somebody."""
    found = person_of(request, pk, "general.move_person")
    form = MoveForm(request, found)
    if form.does(lambda: acts.move_person(found, **form.cleaned_data, by=form.actor)):
        return done(request, found, _("%(name)s is changed.") % {"name": form.result.name})
    return page_or_part(request, "general/people/move.html", form=form, person=found)


@page
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody's account may do, and whether it is open."""
    found = person_of(request, pk, "general.change_account")
    form = AccountForm(request, found)
    if form.does(lambda: acts.change_account(found, **form.cleaned_data, by=form.actor)):
        return done(request, found, _("The account of %(name)s is changed.") % {"name": found.name})
    return page_or_part(request, "general/people/account.html", form=form, person=found)


@page
def password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new password for somebody who has forgotten theirs, shown once."""
    found = person_of(request, pk, "general.give_password")
    form, secret = ActForm(request, found), acts.Secret.new()
    if form.does(lambda: acts.give_password(found, password=secret, by=form.actor)):
        return _once(request, form.result, secret)
    return page_or_part(request, "general/people/give_password.html", form=form, person=found)


def _once(request: HttpRequest, person: Person, secret: acts.Secret) -> HttpResponse:
    """The password in the answer itself, kept nowhere; a repeated attempt made none and shows none."""
    shown = secret.text if person.check_password(secret.text) else ""
    answer = page_or_part(request, "general/people/password.html", person=person, password=shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
