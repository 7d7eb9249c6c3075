"""The spine as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Customers and orders."""

    name = "aftersign.orders"
    label = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from aftersign.kernel.units import registry
        from aftersign.orders import acts, panels, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.orders.acts import withdrawing
        from aftersign.orders.unit import KINDS

        for kind in KINDS:
            registry.register(kind)
        withdrawing.offer_all()
        panels.offer()
