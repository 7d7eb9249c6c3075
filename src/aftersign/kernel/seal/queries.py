"""What is known of sealed forms: those of an order or a unit, whether one is on its way, and any one at all."""

from __future__ import annotations

from uuid import UUID

from aftersign.kernel.seal import forms
from aftersign.kernel.seal.models import SEALED, WAITING, SealedForm, ToSeal


def sealed_of_order(order_id: UUID) -> list[SealedForm]:
    """The sealed forms of an order, void ones too, the earliest first; one query."""
    return list(SealedForm.objects.filter(order_id=order_id))


def title_of(sealed: SealedForm) -> str:
    """What a sealed form is called in the reader's language."""
    form = forms.form_named(sealed.form)
    return str(form.title) if form else sealed.form


def asked_of(form: str, unit_id: object) -> ToSeal | None:
    """The sealing that is on its way for a unit or has been done, with its file; None when none stands. One query."""
    rows = ToSeal.objects.filter(form=form, unit_id=str(unit_id), state__in=(WAITING, SEALED))
    standing = rows.exclude(sealed__voided_at__isnull=False)
    return standing.select_related("sealed").order_by("-asked_at", "-id").first()


def file_of(asked: ToSeal | None) -> SealedForm | None:
    """The sealed form of a row that was read with it."""
    return getattr(asked, "sealed", None)


def version_of(form: str, unit_id: object, version: int) -> SealedForm | None:
    """The sealed form of one version of a unit's form that stands; one query."""
    return SealedForm.objects.filter(form=form, unit_id=str(unit_id), version=version, voided_at=None).first()


def any_sealed() -> SealedForm | None:
    """The form that was sealed last and stands; None when there is none."""
    return SealedForm.objects.filter(voided_at=None).last()
