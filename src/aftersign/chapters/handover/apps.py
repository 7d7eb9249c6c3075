"""Chapter 2 as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    """The handover of signed orders."""

    name = "aftersign.chapters.handover"
    label = "handover"
    verbose_name = _("Order handover")

    def ready(self) -> None:
        from aftersign.chapters.handover import acts, panels, readers, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.chapters.handover.acts import sealing, withdrawing
        from aftersign.chapters.handover.unit import KINDS
        from aftersign.kernel.units import registry

        for kind in KINDS:
            registry.register(kind)
        withdrawing.offer_all()
        sealing.offer()
        readers.register()
        panels.offer()
        readers.offer()
