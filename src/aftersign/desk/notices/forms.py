"""What people send about their notices: rows that they chose, and how they wish to be told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.notices.registry import Reason, reasons
from aftersign.kernel.notices.wishes import INBOX, MAIL, NONE, way, wish, wishes_of
from aftersign.kernel.org.models import Person

WAYS: Sequence[tuple[str, str | Promise]] = (
    (MAIL, _("Inbox and mail")),
    (INBOX, _("Inbox only")),
    (NONE, _("Not at all")),
)
MOST = 1000


def chosen_ids(request: HttpRequest) -> list[UUID]:
    """The ids of the rows that were chosen; whatever is none is left out."""
    found = []
    for written in request.POST.getlist("chosen")[:MOST]:
        try:
            found.append(UUID(written))
        except ValueError:
            continue
    return found


class WishesForm:
    """Reasons with the way in which somebody is told, and whether a digest comes."""

    def __init__(self, request: HttpRequest) -> None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        self.request = request
        self.person: Person = actor.person  # type: ignore[assignment]
        self.wishes = wishes_of(self.person)

    @property
    def digest(self) -> bool:
        """Whether a digest comes."""
        return self.wishes.digest

    @property
    def lines(self) -> list[tuple[Reason, list[tuple[str, str | Promise, bool]]]]:
        """Each reason with the ways on offer and whether they are chosen; none where nothing can be chosen."""
        found = []
        for each in reasons():
            chosen = way(self.wishes, each)
            offered = [] if each.is_binding else [(name, label, name == chosen) for name, label in WAYS]
            found.append((each, offered))
        return found

    def keep(self) -> bool:
        """Keep what was sent; False when nothing was. What is late cannot be muted, whatever was sent."""
        if self.request.method != "POST":
            return False
        sent = {each.name: self.request.POST.get(f"way-{each.name}", "") for each in reasons() if not each.is_binding}
        known = dict(WAYS)
        wish(
            self.person,
            {name: chosen for name, chosen in sent.items() if chosen in known},
            digest=self.request.POST.get("digest") == "1",
        )
        return True
