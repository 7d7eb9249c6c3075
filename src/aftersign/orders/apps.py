"""The spine as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Customers and orders."""

    name = "aftersign.orders"
    label = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from aftersign.kernel.search.sources import register
        from aftersign.kernel.units import registry
        from aftersign.orders import acts, panels, readers, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.orders.acts import withdrawing
        from aftersign.orders.finding import SOURCES
        from aftersign.orders.unit import KINDS

        for kind in KINDS:
            registry.register(kind)
        for source in SOURCES:
            register(source)
        withdrawing.offer_all()
        panels.offer()
        readers.offer()
