"""The desk as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Pages across rooms."""

    name = "aftersign.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from aftersign.desk.offers import offer_all

        offer_all()
