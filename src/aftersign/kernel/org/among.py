"""A lookup for rows that are named by another query and are few: they are looked up one by one, not looked for."""

from __future__ import annotations

from typing import Any

from django.db.models import UUIDField
from django.db.models.lookups import In


@UUIDField.register_lookup
class Among(In):
    """`pk__among=queryset` is `pk__in=queryset` for a queryset that answers with some hundreds of ids.

    PostgreSQL cannot know that they are few; it would read the whole table and throw away what is not among them.
    """

    lookup_name = "among"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """Where ids are asked for by a query: they are read first, as an array, and then each is found by the index."""
        if connection.vendor == "postgresql" and not self.rhs_is_direct_value():
            return f"= ANY(ARRAY{rhs})"
        return str(super().get_rhs_op(connection, rhs))
