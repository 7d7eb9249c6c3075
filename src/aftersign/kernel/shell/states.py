"""How states of duties appear: icon, colour and word, so that none depends on colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Appearance:
    """Icon, colour class and word of a state."""

    icon: str
    tone: str
    word: Promise


STATES: dict[str, Appearance] = {
    "todo": Appearance("circle", "", _("Not started")),
    "open": Appearance("half", "info", _("In progress")),
    "due_soon": Appearance("clock", "warn", _("Due within 24 hours")),
    "waiting": Appearance("user", "wait", _("Waiting for the other side")),
    "breached": Appearance("bang", "bad", _("Overdue")),
    "done": Appearance("ok", "ok", _("Done")),
    "done_late": Appearance("ok", "ok late", _("Done late")),
    "paused": Appearance("pause", "", _("Paused")),
    "waived": Appearance("minus", "waive", _("Waived")),
    "void": Appearance("minus", "na", _("Not applicable")),
    "not_applicable": Appearance("minus", "na", _("Not applicable")),
    "room_not_installed": Appearance("minus", "na", _("Room not installed")),
    "extended": Appearance("clock", "mark", _("Extended")),
    "released": Appearance("flag", "mark", _("Released")),
    "corrected": Appearance("pen", "mark", _("Corrected")),
}
