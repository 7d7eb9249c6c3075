"""Acts remembered: what a key was used for, and which attempts were refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.models import DoneAct, RefusedAct
from aftersign.kernel.acts.refusals import Refused, Reused
from aftersign.kernel.clock import now
from aftersign.kernel.units import registry


@dataclass(frozen=True)
class Before:
    """What an act answered with when it was done under the same key."""

    unit: str
    unit_id: str

    def answer(self) -> Any:
        """The unit, read anew."""
        return registry.kind(self.unit).model._default_manager.get(pk=self.unit_id) if self.unit else None


def recall(by: Actor, act: str, unit: Model, given: Mapping[str, Any]) -> Before | None:
    """What was done under this key before; raises `Reused` when the key was used for something else."""
    row = DoneAct.objects.filter(pk=by.key).first()
    if row is None:
        return None
    if (row.actor_id, row.act, row.body) != (by.id, act, _body(unit, given)):
        raise Reused.because(_("This form was used for something else already. Open the page again."))
    return Before(row.unit, row.unit_id)


def remember(by: Actor, act: str, unit: Model, given: Mapping[str, Any], result: Any) -> None:
    """Keep what an act answered with under the key of its form."""
    if not by.key:
        return
    answered = isinstance(result, Model)
    DoneAct.objects.create(
        key=by.key,
        actor_id=by.id,
        act=act,
        body=_body(unit, given),
        unit=registry.kind_of(result).name if answered else "",
        unit_id=str(result.pk) if answered else "",
        done_at=now(),
    )


def note_refusal(act: str, unit: Model, by: Actor, refused: Refused) -> None:
    """Count a refused attempt, after its transaction has been rolled back; the refusal learns under which id.

    An act that another one had called is noted under its own name and unit.
    """
    subject: Model = unit if refused.unit is None else refused.unit
    ids = registry.ids_of(subject)
    row = RefusedAct.objects.create(
        act=refused.act or act,
        unit=registry.kind_of(subject).name,
        unit_id=str(subject.pk),
        order_id=UUID(ids["order"]) if "order" in ids else None,
        actor_id=by.id,
        terms=[term for each in refused.refusals for term in each.terms],
        reasons=[each.check or each.sentence for each in refused.refusals],
        refused_at=now(),
    )
    refused.noted = row.pk


def _body(unit: Model, given: Mapping[str, Any]) -> str:
    said = repr((str(unit.pk), sorted((key, repr(value)) for key, value in given.items())))
    return hashlib.sha256(said.encode()).hexdigest()
