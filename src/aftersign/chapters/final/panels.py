"""What the final provisions put on pages of others: their page among the settings, and the pages of their acts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.acts import pages
from aftersign.kernel.shell.settings_pages import POLICY, SettingsPage
from aftersign.kernel.shell.settings_pages import offer as offer_settings
from aftersign.policy.models import Edition


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    says = _("The policy as it was and as it is: text, parameters, what changed, and who approved it.")
    offer_settings(SettingsPage(POLICY, "final:editions", _("Editions of the policy"), "shield", says, 10))
    says = _("Which kinds of orders there are, how an order gets its grade, and which duties differ by it.")
    offer_settings(SettingsPage(POLICY, "final:kinds", _("Kinds and grades of orders"), "order", says, 20))
    pages.offer("policy.issue", _to_issue)
    pages.offer("policy.tell_staff", lambda edition: reverse("final:tell", args=[edition.version]))
    pages.offer("policy.acknowledge", lambda _person: reverse("final:acknowledge"))


def _to_issue(edition: Edition) -> str:
    return reverse("final:issue", args=[edition.version])
