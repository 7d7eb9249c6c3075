"""What the desk offers to other pages: its lines of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aftersign.desk.queries import work
from aftersign.kernel.shell import navigation
from aftersign.kernel.shell.navigation import FIRST, GOVERNANCE, Entry


def offer_all() -> None:
    """Put the desk's lines into the menu."""
    navigation.register(Entry(FIRST, _("My work"), "inbox", "my-work", 10, count=work.waiting, tab=_("To do")))
    navigation.register(Entry(GOVERNANCE, _("Clauses"), "shield", "clauses", 10))
