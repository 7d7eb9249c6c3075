"""The organisation at a glance, its departments, and the posts of the company."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts, queries
from aftersign.chapters.general.forms.departments import CloseForm, DepartmentForm, PostForm
from aftersign.chapters.general.queries.history import history_of
from aftersign.chapters.general.queries.organisation import organisation as the_organisation
from aftersign.chapters.general.queries.organisation import seats
from aftersign.chapters.general.views.doors import actor_of, page, reading
from aftersign.chapters.general.views.keepers import department_of, kept
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.queries import company, people
from aftersign.kernel.shell.responses import done, page_or_part

HERE = "general:organisation"


@reading
def organisation(request: HttpRequest) -> HttpResponse:
    """Departments with their heads, posts, deputies, and in front what nobody holds."""
    keeps = allowed(actor_of(request), "general.list_department", company())
    return page_or_part(request, "general/people/organisation.html", found=the_organisation(), keeps=keeps)


@page
def new_department(request: HttpRequest) -> HttpResponse:
    """Found a department."""
    kept(request, "general.list_department", company())
    form = DepartmentForm(request)
    if form.does(lambda: acts.list_department(company(), **form.said, by=form.actor)):
        return done(request, form.result, _("%(name)s is founded.") % {"name": form.result.name})
    return page_or_part(request, "general/people/department_form.html", form=form)


@reading
def department(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One department: who works in it, what stands below it, and what waits to be taken."""
    found = department_of(request, pk)
    shown: dict[str, Any] = {
        "people": people().filter(department=found),
        "standing": queries.standing_in(found),
        "history": history_of(actor_of(request), found),
        "keeps": allowed(actor_of(request), "general.change_department", found),
    }
    return page_or_part(request, "general/people/department.html", department=found, **shown)


@page
def change_department(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another name, code, head or place for a department."""
    found = department_of(request, pk, "general.change_department")
    form = DepartmentForm(request, found)
    if form.does(lambda: acts.change_department(found, **form.said, by=form.actor)):
        return done(request, found, _("%(name)s is changed.") % {"name": form.result.name})
    return page_or_part(request, "general/people/department_form.html", form=form, department=found)


@page
def close_department(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a department up, once nothing stands in it any more."""
    found = department_of(request, pk, "general.close_department")
    form = CloseForm(request, found)
    if form.does(lambda: acts.close_department(found, **form.cleaned_data, by=form.actor)):
        return done(request, HERE, _("%(name)s is closed.") % {"name": found.name})
    standing = queries.standing_in(found)
    return page_or_part(request, "general/people/close.html", form=form, department=found, standing=standing)


@page
def post(request: HttpRequest, name: str) -> HttpResponse:
    """Name who holds a post of the company."""
    kept(request, "general.name_post", company())
    seat = next((each for each in seats() if each.post == name), None)
    if seat is None:
        raise Http404
    form = PostForm(request, seat)
    if form.does(lambda: acts.name_post(company(), post=name, **form.cleaned_data, by=form.actor)):
        return done(request, HERE, _("%(name)s holds this post.") % {"name": form.result.name})
    return page_or_part(request, "general/people/post.html", form=form, seat=seat)
