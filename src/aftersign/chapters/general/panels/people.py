"""What people put on pages of others: the organisation among the settings, and deputies on one's own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.queries import deputyships
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell import settings_pages, slots


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    settings_pages.offer(
        settings_pages.SettingsPage(
            "general:organisation",
            _("Organisation and people"),
            "users",
            _("Departments with their heads, people with their posts and deputies, and somebody who leaves."),
            10,
        )
    )
    settings_pages.offer(
        settings_pages.SettingsPage(
            "general:calendar",
            _("Working calendar"),
            "cal",
            _("Holidays and make-up days of a year; due times that count working days follow them."),
            20,
        )
    )
    slots.offer("shell.me", slots.Panel("deputies", 10, "general/people/my_deputies.html", _my_deputies))


def _my_deputies(actor: Actor, person: Any) -> dict[str, Any] | None:
    return {"person": person, "deputies": tuple(deputyships().filter(person=person))}
