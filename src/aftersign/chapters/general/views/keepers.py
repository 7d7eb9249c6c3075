"""Who keeps people and departments: administrators, and for deputies whom it concerns; everybody else is told so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from aftersign.chapters.general.rules.departments import shortened
from aftersign.chapters.general.views.doors import actor_of, permit
from aftersign.kernel.access.loading import load, visible
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.org.queries import people


def kept(request: HttpRequest, act: str, unit: Any) -> None:
    """Raise `PermissionDenied`, saying who can, for anybody but an administrator."""
    names = tuple(people().filter(is_administrator=True).values_list("name", flat=True)[:5])
    sentence = _("Administrators do this. At present: %(names)s.") % {"names": shortened(names)}
    permit(request, act, unit, sentence)


def person_of(request: HttpRequest, pk: UUID, act: str = "") -> Person:
    """Somebody of the company, for whoever may do an act to them; raises `Http404` or `PermissionDenied`."""
    found: Person = load(visible(actor_of(request), "person").select_related("department__head"), pk=pk)
    if act:
        kept(request, act, found)
    return found


def department_of(request: HttpRequest, pk: UUID, act: str = "") -> Department:
    """A department, for whoever may do an act to it; raises `Http404` or `PermissionDenied`."""
    found: Department = load(visible(actor_of(request), "department").select_related("head", "above"), pk=pk)
    if act:
        kept(request, act, found)
    return found
