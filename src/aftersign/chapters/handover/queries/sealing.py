"""How far the sealing of an accepted form is: on its way, held up by something, or done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aftersign.kernel.seal import queries as seal
from aftersign.kernel.seal.models import SealedForm, ToSeal
from aftersign.orders.models import Order

SEALED_FORM = "handover.form"


@dataclass(frozen=True)
class Sealing:
    """The sealing of a form that everybody has accepted; `asked` is missing until the worker has heard of it."""

    asked: ToSeal | None

    @property
    def sealed(self) -> SealedForm | None:
        """The sealed form, once it is there."""
        return seal.file_of(self.asked)

    @property
    def why_not(self) -> str:
        """Why the last attempt failed, in a sentence; nothing otherwise."""
        return self.asked.why_not if self.asked and not self.sealed else ""

    @property
    def next_at(self) -> datetime | None:
        """When it is tried again after a failure."""
        return self.asked.next_at if self.asked and self.why_not else None


def sealing_of(order: Order) -> Sealing:
    """How far the sealing of the accepted form of an order is; one query."""
    return Sealing(seal.asked_of(SEALED_FORM, order.pk))


def sealed_version(order: Order, number: int) -> SealedForm | None:
    """The sealed file of a version of the form; one query."""
    return seal.version_of(SEALED_FORM, order.pk, number)
