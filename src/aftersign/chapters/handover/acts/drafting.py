"""Papers put to an order and taken off while its form is written: no fact, but only by who may submit the form.

The fact that names them is stated when the form is submitted; until then the stage of the order must accept changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from aftersign.chapters.handover.acts.signing import signer_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts.doorway import lock
from aftersign.kernel.acts.refusals import Forbidden
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.vault.taking import NotTaken
from aftersign.orders import papers
from aftersign.orders.models import Order, Paper
from aftersign.policy.gatekeeper import in_the_way


def attach(order: Order, *, files: Iterable[tuple[str, File[Any]]], by: Actor) -> tuple[str, ...]:
    """Put files among the papers of an order, each as the kind that it came with; sentences about those not taken.

    Raises `Forbidden` for whoever may not submit the form.
    """
    if against := _against(order, by):
        return against
    faults, taken = [], []
    for kind, file in files:
        try:
            taken.append((kind, papers.store(file)))
        except NotTaken as fault:
            faults.append(str(fault))
    with transaction.atomic():
        lock(order)
        for kind, stored in taken:
            _put(order, kind, stored, by)
    return tuple(faults)


def take_off(order: Order, *, paper: UUID, by: Actor) -> tuple[str, ...]:
    """Take a paper off the list again; a sentence when a fact has named it, for then it stays.

    Raises `Forbidden` for whoever may not submit the form.
    """
    if against := _against(order, by):
        return against
    with transaction.atomic():
        lock(order)
        found = Paper.objects.filter(order=order, pk=paper, voided_at=None).first()
        if found is None:
            return ()
        if journal.names_file(order.pk, found.sha256):
            return (_("%(name)s has been put on record and stays on the list.") % {"name": found.name},)
        found.voided_at = now()
        found.save(update_fields=["voided_at"])
        return ()


def _against(order: Order, by: Actor) -> tuple[str, ...]:
    """Why the papers of an order stay as they are, in sentences; raises `Forbidden`."""
    if not allowed(by, "handover.submit", order):
        raise Forbidden.because(_("You have no right to do this here."), check="handover.submit")
    return tuple(each.sentence for each in in_the_way(order, "order.change_information", by=by))


def _put(order: Order, kind: str, stored: papers.StoredFile, by: Actor) -> None:
    """The same file under the same kind is put once."""
    if not Paper.objects.filter(order=order, kind=kind, sha256=stored.sha256, voided_at=None).exists():
        Paper.objects.create(
            order=order,
            kind=kind,
            name=stored.name,
            file=stored.file,
            size=stored.size,
            sha256=stored.sha256,
            stated_by=signer_of(by),
            stated_at=now(),
        )
