"""The audit log: who signed in, read, exported and changed what, written as it happens and never changed."""

from __future__ import annotations

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator, auditor, declare
from aftersign.kernel.access.models import SUBJECT_LENGTH, AuditEntry, Event
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person

READ, END_SIGN_INS, RESET_FACTOR = "access.read_audit", "access.end_sign_ins", "access.reset_factor"

declare(READ, administrator | auditor)
declare(END_SIGN_INS, administrator)
declare(RESET_FACTOR, administrator)

_watched: dict[str, Event] = {}


def note(event: Event, *, by: Actor | None = None, about: Person | None = None, subject: str = "") -> AuditEntry:
    """Write a line: what happened, who did it, whose account it concerns, and what it was about.

    It stands or falls with the transaction around it. Whoever acts for somebody else is named themselves.
    """
    return AuditEntry.objects.create(
        at=now(),
        event=event,
        person=by.person if by and by.person and by.kind == "person" else None,
        about=about,
        subject=subject[:SUBJECT_LENGTH],
        address=by.address[:45] if by else "",
        device=by.device[:200] if by else "",
        request_id=by.request_id[:64] if by else "",
    )


def watch(event: Event, *acts: str) -> None:
    """Have acts written into the log as an event, when a person has done them."""
    _watched.update(dict.fromkeys(acts, event))


def note_act(act: str, by: Actor, unit: object) -> None:
    """Write a line for an act that is watched and was done by a person; nothing for any other."""
    event = _watched.get(act)
    if event is not None and by.kind == "person":
        note(event, by=by, about=unit if isinstance(unit, Person) else None, subject=act)
