"""Asking that an order be suspended or terminated, approving or rejecting that, going on, and closing."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.shell.forms import ActForm
from aftersign.orders.models import HaltRequest, Order


def _text(label: object, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": rows}))  # type: ignore[arg-type]


class SuspensionForm(ActForm):
    """Why an order should stand still."""

    reason = _text(_("Why the order should stand still"))


class TerminationForm(ActForm):
    """Why an order should end, and what becomes of what has been done and paid."""

    reason = _text(_("Why the order should end"))
    settled_how = _text(_("How work done, money and goods are settled"))


class ApprovalForm(ActForm):
    """Approval of the request that was on the page."""

    asked = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, order: Order, asked: HaltRequest | None) -> None:
        super().__init__(request, order, initial={"asked": asked.pk if asked else None})


class RejectionForm(ApprovalForm):
    """Why a request is not approved."""

    answer = _text(_("Why not"), rows=2)


class WithdrawalForm(ApprovalForm):
    """Withdrawal of the request that was on the page."""


class ResumptionForm(ActForm):
    """Why an order goes on."""

    reason = _text(_("Why the order goes on"))


class ClosingForm(ActForm):
    """Confirmation that nothing more is to be done."""
