"""Search as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The index, and what people have opened last."""

    name = "aftersign.kernel.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from aftersign.kernel.search.people import PEOPLE
        from aftersign.kernel.search.sources import register

        register(PEOPLE)
