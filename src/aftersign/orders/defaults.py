"""Whom the company proposes is a setting and no business: it is kept past the journal, with a line in the audit log."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import Event
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import DefaultMember


def propose(kinds: Iterable[str], members: Iterable[MemberEntry], *, by: Actor) -> None:
    """From now on these are proposed for orders of these kinds, and nobody else; no order changes by it."""
    proposed = list(members)
    with transaction.atomic():
        for kind in kinds:
            DefaultMember.objects.filter(kind=kind).delete()
            DefaultMember.objects.bulk_create(
                DefaultMember(kind=kind, post=each.post, person_id=each.person, deputy_id=each.deputy)
                for each in proposed
            )
            audit.note(Event.SETTINGS_CHANGED, by=by, subject=f"proposed team of {kind}")
