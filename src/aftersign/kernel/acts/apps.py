"""The doorway as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActsConfig(AppConfig):
    """Acts done and acts refused."""

    name = "aftersign.kernel.acts"
    label = "acts"
    verbose_name = _("Acts")

    def ready(self) -> None:
        from aftersign.kernel.acts import requests  # noqa: F401  (importing offers its check)
