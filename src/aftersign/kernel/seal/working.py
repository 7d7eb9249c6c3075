"""The worker's part: take what waits, print and seal it outside of transactions, keep the file, then let the act speak.

Whatever is cut short leaves at most a file that nothing names; the claim runs out, and another worker begins anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import company
from aftersign.kernel.seal import certificates, forms
from aftersign.kernel.seal.faults import DISK, FAILED, NoSeal
from aftersign.kernel.seal.keeping import Overtaken
from aftersign.kernel.seal.models import DROPPED, WAITING, ToSeal
from aftersign.kernel.seal.waiting import PAUSES, pause_after
from aftersign.kernel.seal.wording import words_of
from aftersign.kernel.vault.taking import Kept, NotTaken, take

LEASE = timedelta(minutes=2)
"""How long a worker has a form in hand before another may take it."""
LOOKED_AT = 10
"""Rows among which a worker looks for one that no other worker has just taken."""
_log = logging.getLogger(__name__)


def seal_next() -> bool:
    """Seal the form that has waited longest; answers whether there was one. Several workers may do so.

    What fails is kept with its reason and tried again later; raises `DatabaseError` alone.
    """
    asked = _claim()
    if asked is None:
        return False
    try:
        _seal(asked)
    except NoSeal as reason:
        _fail(asked, reason)
    except DatabaseError:
        raise
    except Overtaken:
        _log.info("%s was taken over by another worker", asked)
    except Exception as error:  # noqa: BLE001 (whatever is wrong with one form, the others and the clock go on)
        _log.exception("%s could not be sealed", asked)
        _fail(asked, NoSeal(FAILED, f"{type(error).__name__}: {error}"))
    return True


def is_any_waiting() -> bool:
    """Whether there is a form that `seal_next` would take in hand."""
    return _waiting(now()).exists()


def _waiting(at: datetime) -> QuerySet[ToSeal]:
    """Forms that are free and whose time has come; a claim from another time holds nobody up."""
    due = Q(next_at__lte=at) | Q(next_at__gt=at + PAUSES[-1])
    free = Q(claim=None) | Q(claimed_at__lt=at - LEASE) | Q(claimed_at__gt=at + LEASE)
    return ToSeal.objects.filter(due, free, state=WAITING, form__in=forms.names()).order_by("next_at", "id")


def _claim() -> ToSeal | None:
    """Take the next form in hand, so that no other worker does."""
    at, claim = now(), uuid4()
    waiting = _waiting(at)
    for pk in list(waiting.values_list("pk", flat=True)[:LOOKED_AT]):
        if waiting.filter(pk=pk).order_by().update(claim=claim, claimed_at=at):
            return ToSeal.objects.filter(pk=pk, claim=claim).first()
    return None


def _seal(asked: ToSeal) -> None:
    form = forms.form_named(asked.form)
    if form is None:
        return
    house = company()
    with translation.override(house.language), timezone.override(house.time_zone):
        at = now()
        certificate, key = certificates.ready(at)
        drawn = form.draw(asked, words_of(certificate))
        if drawn is None:
            _drop(asked)
            return
        pdf = _signing()(
            drawn.pdf,
            certificate,
            key,
            at=at,
            reason=_("Sealed by %(company)s") % {"company": house.name},
            stamped_by=settings.TSA,
        )
        kept = _kept(f"{drawn.number}-{drawn.version}.pdf", pdf)
    made = forms.Made(
        drawn,
        kept,
        claim=asked.claim,
        certificate=certificate.fingerprint,
        issuer=certificate.issuer,
        is_timestamped=bool(settings.TSA),
        at=at,
    )
    if not form.keep(asked, made):
        _release(asked)


def _signing() -> Callable[..., bytes]:
    """What signs, loaded with the first form that is sealed: a process that never seals does without it."""
    module: Any = import_module("aftersign.kernel.seal.signing")
    return module.sealed  # type: ignore[no-any-return]


def _kept(name: str, pdf: bytes) -> Kept:
    try:
        return take(ContentFile(pdf, name=name))
    except NotTaken as reason:
        fault = DISK if isinstance(reason.__cause__, OSError) else FAILED
        raise NoSeal(fault, str(reason.__cause__ or reason)) from None


def _fail(asked: ToSeal, reason: NoSeal) -> None:
    """Keep why it failed and when it is tried again, unless somebody else has taken it over meanwhile."""
    tries = asked.tries + 1
    _log.warning("%s could not be sealed: %s", asked, reason)
    _mine(asked).update(
        tries=tries,
        next_at=now() + pause_after(tries),
        fault=reason.fault,
        detail=reason.detail[:500],
        claim=None,
        claimed_at=None,
    )


def _drop(asked: ToSeal) -> None:
    _mine(asked).update(state=DROPPED, claim=None, claimed_at=None)


def _release(asked: ToSeal) -> None:
    """What was printed no longer stands as it was: look at it again in a moment."""
    _mine(asked).update(next_at=now() + PAUSES[0], claim=None, claimed_at=None)


def _mine(asked: ToSeal) -> QuerySet[ToSeal]:
    return ToSeal.objects.filter(pk=asked.pk, claim=asked.claim, state=WAITING)
