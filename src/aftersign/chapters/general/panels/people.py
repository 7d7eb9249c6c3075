"""What people put on pages of others: the organisation among the settings, and deputies on one's own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.queries import deputyships
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator
from aftersign.kernel.shell import settings_pages, slots
from aftersign.kernel.shell.settings_pages import SettingsPage


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    for page in _PAGES:
        settings_pages.offer(page)
    slots.offer("shell.me", slots.Panel("deputies", 10, "general/people/my_deputies.html", _my_deputies))


_PAGES = (
    SettingsPage(
        settings_pages.COMPANY,
        "general:company",
        _("Company"),
        "flag",
        _("How the company is called, and in which language, currency and time zone it works."),
        5,
        shown=lambda actor: administrator.test(actor, None),
    ),
    SettingsPage(
        settings_pages.PEOPLE,
        "general:organisation",
        _("Departments and posts"),
        "users",
        _("Departments with their heads and the posts of the policy; what nobody holds stands first."),
        10,
    ),
    SettingsPage(
        settings_pages.PEOPLE,
        "general:people",
        _("People"),
        "user",
        _("Everybody by name: add, from a table too, change, name a deputy, leave."),
        20,
    ),
    SettingsPage(
        settings_pages.COMPANY,
        "general:calendar",
        _("Working calendar"),
        "cal",
        _("Holidays and make-up days of a year; due times that count working days follow them."),
        20,
    ),
)


def _my_deputies(actor: Actor, person: Any) -> dict[str, Any] | None:
    return {"person": person, "deputies": tuple(deputyships().filter(person=person))}
