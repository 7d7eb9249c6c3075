"""The registry of units as a Django application, which itself brings the units of the organisation."""

from django.apps import AppConfig

from aftersign.kernel.units import registry


class UnitsConfig(AppConfig):
    """Units of every room, and the company's own."""

    name = "aftersign.kernel.units"
    label = "units"

    def ready(self) -> None:
        from aftersign.kernel.units.organisation import KINDS

        for kind in KINDS:
            registry.register(kind)
