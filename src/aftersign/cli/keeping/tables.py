"""Which tables are kept: all that the program has, but not who is signed in at the moment, nor what is only remembered
to be quick.
"""

from __future__ import annotations

from django.apps import apps

from aftersign.kernel.access.models import SignIn

PASSING = frozenset((SignIn._meta.db_table, "cache"))
MIGRATIONS = "django_migrations"


def kept() -> set[str]:
    """Tables of this program that belong into an archive."""
    models = apps.get_models(include_auto_created=True)
    ours = {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    return {*ours, MIGRATIONS} - PASSING
