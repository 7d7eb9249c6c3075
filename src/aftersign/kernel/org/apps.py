"""The organisation as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    """People, departments and posts."""

    name = "aftersign.kernel.org"
    label = "org"
    verbose_name = _("Organisation")
