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

        panels.offer()
