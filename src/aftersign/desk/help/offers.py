"""What the guide offers to other pages: a line of the menu, and a link in the same place above every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aftersign.kernel.shell import navigation, slots


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    navigation.register(navigation.Entry(navigation.GOVERNANCE, _("Help"), "help", "help", 990, key="g h"))
    slots.offer("shell.top", slots.Panel("help", 90, "desk/help/link.html"))
