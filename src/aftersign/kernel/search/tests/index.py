"""A source of a few invented records, for tests of the index alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import new_id
from aftersign.kernel.search.content import Content, Hit, Source
from aftersign.kernel.search.filling import write
from aftersign.kernel.search.models import Entry

CLOCK = Actor("clock")


class Shelf:
    """Records by their words; everybody may see them."""

    def __init__(self) -> None:
        self.contents: dict[UUID, Content] = {}
        self.source = Source(
            name="thing",
            label="Things",
            order=1,
            ids=lambda: list(self.contents),
            rows=self._rows,
            hits=self._hits,
            visible=lambda actor: None,
        )

    def put(self, content: Content) -> UUID:
        """Put a record there and into the index."""
        pk = new_id()
        self.contents[pk] = content
        write(self.source, [pk])
        return pk

    def _rows(self, ids: Collection[UUID]) -> Iterator[tuple[UUID, Content]]:
        return ((pk, self.contents[pk]) for pk in ids if pk in self.contents)

    def _hits(self, ids: Collection[UUID]) -> dict[UUID, Hit]:
        return {pk: Hit("thing", pk, str(pk), f"/{pk}/") for pk in ids}


def entries() -> int:
    """How many entries there are."""
    return Entry.objects.count()


Finder = Callable[[str], list[UUID]]
