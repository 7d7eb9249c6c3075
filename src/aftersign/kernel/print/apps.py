"""Printing as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintConfig(AppConfig):
    """Forms on paper."""

    name = "aftersign.kernel.print"
    label = "print"
    verbose_name = _("Printing")
