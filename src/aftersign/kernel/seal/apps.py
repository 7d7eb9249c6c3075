"""The seal as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealConfig(AppConfig):
    """Forms that wait to be sealed, and those that are."""

    name = "aftersign.kernel.seal"
    label = "seal"
    verbose_name = _("Sealed files")
