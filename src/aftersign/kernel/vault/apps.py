"""The vault as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Files that are kept with records."""

    name = "aftersign.kernel.vault"
    label = "vault"
    verbose_name = _("Files")
