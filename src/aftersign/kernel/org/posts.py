"""The posts that somebody holds, read in one query with the person."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, OuterRef, Subquery, TextField

from aftersign.kernel.org.models import Post


class _Joined(Aggregate):
    """Words of several rows as one text; the names of posts hold no comma."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **given: Any) -> Any:
        """As SQLite before its version 3.44 calls it."""
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **given)


def posts_beside() -> Subquery:
    """What to read along with a person, for `posts_from`."""
    held = Post.objects.filter(holder=OuterRef("pk")).order_by().values("holder")
    return Subquery(held.annotate(names=_Joined("name")).values("names"))


def posts_from(names: str | None) -> frozenset[str]:
    """The names of the posts that were read along."""
    return frozenset(names.split(",")) if names else frozenset()
