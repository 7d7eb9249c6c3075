"""Access as a Django application: who is signed in, and the log of what must be logged."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Sign-ins and the audit log."""

    name = "aftersign.kernel.access"
    label = "access"
    verbose_name = _("Access")
