"""Chapter 1 as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GeneralConfig(AppConfig):
    """People, departments, posts and the calendar; duties, and the exceptions from them."""

    name = "aftersign.chapters.general"
    label = "general"
    verbose_name = _("General principles")

    def ready(self) -> None:
        from aftersign.chapters.general import acts, panels, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.chapters.general.acts import ways
        from aftersign.chapters.general.unit import KINDS
        from aftersign.kernel.units import registry

        for kind in KINDS:
            registry.register(kind)
        ways.offer_all()
        panels.offer()
