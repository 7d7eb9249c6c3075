"""Chapter 11 as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinalConfig(AppConfig):
    """Editions of the policy."""

    name = "aftersign.chapters.final"
    label = "final"
    verbose_name = _("Final provisions")

    def ready(self) -> None:
        from aftersign.chapters.final import acts, panels, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.kernel.access import audit
        from aftersign.kernel.access.models import Event

        panels.offer()
        settings = ("draft", "issue", "withdraw_edition", "put_in_force", "install_rooms")
        audit.watch(Event.SETTINGS_CHANGED, *(f"policy.{each}" for each in settings))
