"""Keeping a sealed form inside the act that states it: one row a fact that asked, by whoever still has it in hand."""

from __future__ import annotations

from aftersign.kernel.seal.forms import Form, Made
from aftersign.kernel.seal.models import SEALED, WAITING, SealedForm, ToSeal


class Overtaken(Exception):
    """Somebody else has this form in hand, has sealed it, or has dropped it; nothing may be written."""


def keep(form: Form, asked: ToSeal, made: Made) -> SealedForm:
    """Keep what was sealed, in the transaction of the act that states it; raises `Overtaken`."""
    row = ToSeal.objects.select_for_update().get(pk=asked.pk)
    if row.state != WAITING or row.claim != made.claim:
        raise Overtaken
    row.state, row.claim, row.claimed_at, row.fault, row.detail = SEALED, None, None, "", ""
    row.save()
    return SealedForm.objects.create(
        asked=row,
        form=form.name,
        unit_kind=row.unit_kind,
        unit_id=row.unit_id,
        order_id=row.order_id,
        number=made.drawn.number,
        version=made.drawn.version,
        category=form.category,
        name=made.file.name,
        file=made.file.file,
        size=made.file.size,
        sha256=made.file.sha256,
        certificate=made.certificate,
        issuer=made.issuer,
        is_timestamped=made.is_timestamped,
        sealed_at=made.at,
    )
