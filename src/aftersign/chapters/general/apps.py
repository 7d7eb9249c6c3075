"""Chapter 1 as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SETTINGS = (
    "change_account", "change_calendar", "change_company", "change_department", "close_department", "end_deputy",
    "list_department", "list_people", "list_person", "move_person", "name_deputy", "name_post", "record_leaving",
)  # fmt: skip
"""Acts that change who may do what, and by which days duties are reckoned."""


class GeneralConfig(AppConfig):
    """People, departments, posts and the calendar; duties, and the exceptions from them."""

    name = "aftersign.chapters.general"
    label = "general"
    verbose_name = _("General principles")

    def ready(self) -> None:
        from aftersign.chapters.general import acts, panels, readers, rules  # noqa: F401  (importing declares acts and capabilities)
        from aftersign.chapters.general.acts import ways
        from aftersign.chapters.general.unit import KINDS
        from aftersign.kernel.access import audit
        from aftersign.kernel.access.models import Event
        from aftersign.kernel.acts import withdrawing
        from aftersign.kernel.units import registry

        for kind in KINDS:
            registry.register(kind)
        ways.offer_all()
        withdrawing.lend(acts.withdraw_fact)
        audit.watch(Event.PASSWORD_GIVEN, "general.give_password")
        audit.watch(Event.SETTINGS_CHANGED, *(f"general.{each}" for each in SETTINGS))
        panels.offer()
        readers.offer()
