"""The pages of settings: every room and floor brings its own, and each person finds those that they may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
class SettingsPage:
    """A page of settings: its tab, its icon, and a sentence that says what is there."""

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
    _pages.sort(key=lambda each: each.order)


def pages_for(actor: Actor, path: str = "") -> list[Shown]:
    """The pages that an actor finds, in their order; the one that `path` lies under is marked."""
    found = ((page, reverse(page.url_name)) for page in _pages if page.shown(actor))
    return [Shown(page, address, path.startswith(address)) for page, address in found]


@require_safe
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """All pages of settings, each with a sentence."""
    pages = pages_for(request.actor.standing)  # type: ignore[attr-defined]
    return page_or_part(request, "shell/settings.html", pages=pages)


def offer_own() -> None:
    """The line of the menu, and the shell's own page of samples."""
    governance = navigation.GOVERNANCE
    navigation.register(navigation.Entry(governance, _("Settings"), "gear", "shell:settings", 90, key="g s"))
    offer(
        SettingsPage(
            "shell:samples",
            _("Component samples"),
            "cols",
            _("Every part of which pages are made, in each of its states."),
            90,
        )
    )
