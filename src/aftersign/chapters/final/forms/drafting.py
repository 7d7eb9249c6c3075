"""What every form that drafts an edition has: the version, and why the policy is revised."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.final.rules import next_version
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.shell.forms import ActForm
from aftersign.policy.models import Edition

MOST_FAULTS = 30
VERSION = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"


class DraftForm(ActForm):
    """A draft based on an edition; `files_of_draft` are the files that it makes, once the form holds."""

    version = forms.RegexField(
        rf"^{VERSION}$",
        label=_("Version"),
        max_length=40,
        error_messages={"invalid": _("Write the version in letters, digits and . _ - only")},
    )
    reason = forms.CharField(
        label=_("Reason for the revision"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, request: HttpRequest, base: Edition) -> None:
        self.base = base
        version = next_version(list(Edition.objects.values_list("version", flat=True)))
        super().__init__(request, base, initial={"version": version})

    @property
    def why(self) -> str:
        """Why the policy is revised."""
        return str(self.cleaned_data["reason"])

    @property
    def files_of_draft(self) -> dict[str, str | bytes]:
        """The files of the draft."""
        raise NotImplementedError

    def refuse(self, refused: Refused) -> None:
        """Show as many faults as can be read, and say how many there are beside these."""
        shown, more = refused.refusals[:MOST_FAULTS], len(refused.refusals) - MOST_FAULTS
        if more > 0:
            shown = (*shown, Refusal(_("And %(number)d faults more.") % {"number": more}))
        super().refuse(Refused(shown))
