"""The journal as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """The record of facts."""

    name = "aftersign.kernel.journal"
    label = "journal"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from aftersign.kernel.journal import keeping  # noqa: F401  (importing declares its facts)
