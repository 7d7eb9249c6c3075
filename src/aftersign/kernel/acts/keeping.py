"""What the operating account does with the journal itself: erase a private value, change the key, accept a restore."""

from __future__ import annotations

from django.db.models import Model

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.clock import now
from aftersign.kernel.journal import keeping
from aftersign.kernel.journal.models import PrivateValue
from aftersign.kernel.journal.proof import keys, restoring
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.restores import Restore
from aftersign.kernel.org.models import Person


def erase_private(company: Model, *, sequence: int, key: str, reason: str, person: Person, by: Actor) -> bool:
    """Erase a private value of a fact with its salt; answers with False when it was erased before.

    The chain stays as it is, and keeps the commitment. Raises `PrivateValue.DoesNotExist` when there is none.
    """
    with clockwork(company, by=by):
        value = PrivateValue.objects.select_for_update().get(entry_id=sequence, key=key)
        if value.erased_at is not None:
            return False
        PrivateValue.objects.filter(pk=value.pk).update(value=None, salt="", erased_at=now())
        state(keeping.PrivateErased(about=company, sequence=sequence, key=key, reason=reason, person=person.pk))
    return True


def change_key(company: Model, *, lost: bool, reason: str, person: Person, by: Actor) -> keys.Record:
    """Sign checkpoints with a new key from now on; earlier ones stay checkable with the keys before.

    Raises `NoCheckpoint` when the key before is not there to sign for the new one, unless it is said to be lost.
    """
    with clockwork(company, by=by):
        record = keys.change(lost=lost)
        state(
            keeping.KeyChanged(
                about=company,
                key=record.key,
                public=record.public,
                previous=record.previous or "",
                lost=lost,
                reason=reason,
                person=person.pk,
            )
        )
    return record


def accept_restore(company: Model, *, reason: str, person: Person, by: Actor) -> Restore:
    """State that an older copy of the database took the place of the one that was signed; answers with what was lost.

    Raises `NoCheckpoint` when nothing is lost, or when the checkpoints cannot be read.
    """
    with clockwork(company, by=by):
        gap = restoring.gap()
        if gap is None:
            raise NoCheckpoint("nothing was restored: the journal is the one that was signed")
        state(
            keeping.Restored(
                about=company,
                epoch=gap.epoch,
                lost_from=gap.agreed + 1,
                lost_to=gap.lost_to,
                reason=reason,
                person=person.pk,
            )
        )
    return gap
