"""What the final provisions put on pages of others: their page among the settings, and the pages of their acts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.acts import pages
from aftersign.kernel.shell.settings_pages import SettingsPage
from aftersign.kernel.shell.settings_pages import offer as offer_settings
from aftersign.policy.models import Edition


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    says = _("The policy as it was and as it is: text, parameters, what changed, and who approved it.")
    offer_settings(SettingsPage("final:editions", _("Editions of the policy"), "shield", says, 10))
    pages.offer("policy.issue", _to_issue)


def _to_issue(edition: Edition) -> str:
    return reverse("final:issue", args=[edition.version])
