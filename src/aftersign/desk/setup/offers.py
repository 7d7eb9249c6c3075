"""Where the guide for the first day is offered: in the menu and on my work until it is over, and among the settings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator
from aftersign.kernel.shell import navigation, settings_pages, slots


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    navigation.register(navigation.Entry(navigation.FIRST, _("Setting up"), "star", "setup", 5, shown=begins))
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.COMPANY,
            "setup",
            _("Setting up"),
            "star",
            _("What a new company needs, step by step."),
            1,
            shown=keeps,
        )
    )
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.COMPANY,
            "sample",
            _("Sample company"),
            "trash",
            _("What it is made of, and its removal in one step."),
            2,
            shown=removes,
        )
    )
    slots.offer("desk.my_work.head", slots.Panel("setup", 10, "desk/setup/line.html", _line))


def keeps(actor: Actor) -> bool:
    """Whether somebody sets up the company."""
    return administrator.test(actor.standing, None)


def removes(actor: Actor) -> bool:
    """Whether somebody may remove the sample company they are in; no query."""
    return keeps(actor) and bool(getattr(actor.person, "in_demo", False))


def begins(actor: Actor) -> bool:
    """Whether somebody is to be led through the first day; no query."""
    return keeps(actor) and actor.person is not None and not actor.person.is_guided


def _line(actor: Actor, person: Any) -> dict[str, Any] | None:
    return {} if begins(actor) else None
