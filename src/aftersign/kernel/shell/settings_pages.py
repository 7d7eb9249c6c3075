"""The pages of settings: every room and floor brings its own, and each person finds those that they may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell import navigation
from aftersign.kernel.shell.responses import page_or_part


@dataclass(frozen=True)
class Group:
    """Pages of settings that belong together: their heading, and where they stand among the others."""

    name: str
    label: str | Promise
    order: int


COMPANY = Group("company", _("Company"), 10)
PEOPLE = Group("people", _("People"), 20)
POLICY = Group("policy", _("Policy"), 30)
NOTICES = Group("notices", _("Notices"), 40)
SECURITY = Group("security", _("Security"), 50)
PROGRAMS = Group("programs", _("Interfaces for programs"), 60)
LOOK = Group("look", _("Look of the pages"), 70)


@dataclass(frozen=True)
class SettingsPage:
    """A page of settings: its group, its tab, its icon, and a sentence that says what is there."""

    group: Group
    url_name: str
    label: str | Promise
    icon: str
    says: str | Promise
    order: int
    shown: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True)
class Shown:
    """A page of settings as it stands in the row of tabs."""

    page: SettingsPage
    address: str
    here: bool


_pages: list[SettingsPage] = []


def offer(page: SettingsPage) -> None:
    """Put a page among the settings; raises `ValueError` when its address is there already."""
    if any(each.url_name == page.url_name for each in _pages):
        raise ValueError(f"the settings have {page.url_name} already")
    _pages.append(page)
    _pages.sort(key=lambda each: (each.group.order, each.order))


def pages_for(actor: Actor) -> list[Shown]:
    """The pages that an actor finds, in their order."""
    return [Shown(page, reverse(page.url_name), False) for page in _pages if page.shown(actor)]


def groups_for(actor: Actor) -> list[tuple[Group, list[Shown]]]:
    """The same by their groups; a group of which somebody finds nothing is left out."""
    return [(group, list(pages)) for group, pages in groupby(pages_for(actor), key=lambda each: each.page.group)]


def beside(actor: Actor, path: str) -> list[Shown]:
    """The pages of the group to which the page at a path belongs; that page is marked."""
    pages = pages_for(actor)
    over = [each for each in pages if path.startswith(each.address)]
    here = max(over, key=lambda each: len(each.address), default=None)
    if here is None:
        return []
    return [replace(each, here=each == here) for each in pages if each.page.group == here.page.group]


@require_safe
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """All pages of settings by their groups, each with a sentence."""
    groups = groups_for(request.actor.standing)  # type: ignore[attr-defined]
    return page_or_part(request, "shell/settings.html", groups=groups)


def offer_own() -> None:
    """The line of the menu, and the shell's own page of samples."""
    governance = navigation.GOVERNANCE
    navigation.register(navigation.Entry(governance, _("Settings"), "gear", "shell:settings", 90, key="g s"))
    offer(
        SettingsPage(
            LOOK,
            "shell:samples",
            _("Component samples"),
            "cols",
            _("Every part of which pages are made, in each of its states."),
            90,
        )
    )
