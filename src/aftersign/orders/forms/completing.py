"""Recording that the customer has accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.fields import DayField, FilesField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import Drop
from aftersign.kernel.vault.taking import NotTaken
from aftersign.orders import papers
from aftersign.orders.acts.completing import ACCEPTANCE
from aftersign.orders.models import Order
from aftersign.orders.queries.days import today


class CompletionForm(ActForm):
    """Who accepted when, the proof, and how long the warranty runs; a proof that was sent stays with the form."""

    accepted_on = DayField(label=gettext_lazy("Accepted on"))
    accepted_by = forms.CharField(label=gettext_lazy("Accepted by, for the customer"), max_length=120)
    warranty_until = DayField(label=gettext_lazy("Warranty until"), required=False)
    acceptance = FilesField(
        label=gettext_lazy("Proof of acceptance"),
        required=False,
        widget=Drop({"multiple": False}, invitation=gettext_lazy("Acceptance form, letter or mail of the customer")),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, order: Order) -> None:
        data, self.fault = request.POST.copy() if request.method == "POST" else None, ""
        actor = request.actor  # type: ignore[attr-defined]
        if data is not None and (upload := request.FILES.get("acceptance")):
            try:
                data["token"] = papers.store(upload).token(actor)
            except NotTaken as fault:
                self.fault = str(fault)
        contact = order.customer.contacts.order_by("-decides", "pk").first()
        known = {"accepted_on": today(company()), "accepted_by": contact.name if contact else ""}
        super().__init__(request, order, data, initial=known)

    @property
    def file(self) -> papers.StoredFile | None:
        """The proof that has been sent, now or before."""
        return papers.from_token(str(self["token"].value() or ""), self.actor)

    def clean_acceptance(self) -> None:
        """Point at the file that is missing or was not taken."""
        token = papers.from_token(self.data.get("token", ""), self.actor)
        if self.fault or token is None:
            raise ValidationError(self.fault or _("Attach the proof of acceptance."))

    @property
    def completion(self) -> dict[str, Any]:
        """What is to be recorded; the form has been checked."""
        names = ("accepted_on", "accepted_by", "warranty_until")
        file = self.file
        return {name: self.cleaned_data[name] for name in names} | {"acceptance": file and file.as_paper(ACCEPTANCE)}
