"""Document numbers as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NumbersConfig(AppConfig):
    """Counters of document numbers."""

    name = "aftersign.kernel.numbers"
    label = "numbers"
    verbose_name = _("Numbers")
