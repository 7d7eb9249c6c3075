"""The desk as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Pages across rooms."""

    name = "aftersign.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from aftersign.desk.adopting import offers as adopting
        from aftersign.desk.help import offers as guide
        from aftersign.desk.notices import offers as notices
        from aftersign.desk.offers import offer_all
        from aftersign.desk.setup import offers as setup

        offer_all()
        notices.offer_all()
        guide.offer_all()
        setup.offer_all()
        adopting.offer_all()
