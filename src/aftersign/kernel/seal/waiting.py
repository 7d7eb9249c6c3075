"""What is to be sealed, as the readers of rooms leave it: rows only, so that a reader's transaction stays short."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from aftersign.kernel.clock import now
from aftersign.kernel.seal.models import DROPPED, SEALED, WAITING, SealedForm, ToSeal

PAUSES = tuple(timedelta(seconds=each) for each in (10, 60, 300, 900, 3600))
"""How long after each failure the next attempt comes; the last one holds for all further ones."""


def let_stand(form: str, unit: tuple[str, str], *, order_id: UUID | None, cause: UUID | None) -> None:
    """Of a unit's form let only the one stand that a fact asks for (none: nothing).

    What waits for another fact is dropped, what was sealed for one is void; a fact that stands again brings back
    what had been sealed for it. Saying the same twice changes nothing.
    """
    kind, pk = unit
    others = ToSeal.objects.filter(form=form, unit_kind=kind, unit_id=pk)
    if cause is not None:
        others = others.exclude(cause=cause)
    others.filter(state=WAITING).update(state=DROPPED)
    SealedForm.objects.filter(asked__in=others, voided_at=None).update(voided_at=now())
    if cause is None:
        return
    at = now()
    row, is_new = ToSeal.objects.get_or_create(
        cause=cause,
        defaults={"form": form, "unit_kind": kind, "unit_id": pk, "order_id": order_id, "asked_at": at, "next_at": at},
    )
    if not is_new and row.state == SEALED:
        SealedForm.objects.filter(asked=row).update(voided_at=None)
    elif row.state == DROPPED:
        ToSeal.objects.filter(pk=row.pk, state=DROPPED).update(state=WAITING, next_at=at, tries=0, fault="", detail="")


def retry_all() -> int:
    """Let everything that has failed be tried again at once, because its reason may be gone; answers with how many."""
    return ToSeal.objects.filter(state=WAITING, tries__gt=0).update(next_at=now())


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many failures."""
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
