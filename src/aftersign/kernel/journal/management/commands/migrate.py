"""The migrate command, which ends by making the journal's triggers anew."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from aftersign.kernel.access import append_only
from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Tail


class Command(migrate.Command):
    """Migrate, then put the append-only triggers and the tail of the chain in place."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if "journal" in connection.introspection.table_names():
            triggers.install()
            append_only.install()
            Tail.objects.get_or_create(pk=1)
