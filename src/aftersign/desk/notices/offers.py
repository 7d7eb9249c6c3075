"""What the inbox offers to other pages: a line of the menu, a page of settings, and a place on one's own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator
from aftersign.kernel.notices import inbox
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell import navigation, settings_pages, slots


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    navigation.register(
        navigation.Entry(
            navigation.FIRST,
            _("Notices"),
            "bell",
            "notices",
            15,
            count=_unread,
            tab=pgettext_lazy("tab of a phone", "Notices"),
            key="g n",
        )
    )
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.NOTICES,
            "notice-standing",
            _("Notices"),
            "bell",
            _("The mails that wait, those that could not be delivered, and a mail to try."),
            40,
            shown=keeps,
        )
    )
    slots.offer("shell.me", slots.Panel("notices", 20, "desk/notices/mine.html", _mine))


def keeps(actor: Actor) -> bool:
    """Whether somebody looks after the mails."""
    return administrator.test(actor.standing, company())


def _unread(actor: Actor) -> int | None:
    """How many notices somebody has not read; known from the sign-in already, else one query."""
    person = actor.principal
    if person is None:
        return None
    known = person.unread_notices
    return inbox.unread_of(person) if known is None else known


def _mine(actor: Actor, person: Any) -> dict[str, Any]:
    return {"person": person}
