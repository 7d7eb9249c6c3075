"""The notices as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Inbox, mails and digests."""

    name = "aftersign.kernel.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from aftersign.kernel.journal import readers
        from aftersign.kernel.notices.reading import READER

        readers.register(READER)
