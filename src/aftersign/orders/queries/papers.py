"""What a paper's page shows: which version it is, and which of its pages is before the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aftersign.kernel.vault import previews
from aftersign.orders.models import Paper


@dataclass(frozen=True)
class Sheet:
    """A paper before a reader: the page shown, of how many (none where no picture can be made), and its versions."""

    page: int
    pages: int
    versions: Sequence[Paper]
    paper: Paper

    @property
    def version(self) -> int:
        """Which of the versions this one is, from 1."""
        return 1 + next(at for at, each in enumerate(self.versions) if each.pk == self.paper.pk)

    @property
    def others(self) -> list[tuple[int, Paper]]:
        """The other versions with their numbers, the newest first."""
        numbered = [(at, each) for at, each in enumerate(self.versions, 1) if each.pk != self.paper.pk]
        return numbered[::-1]

    @property
    def before(self) -> int:
        """The page before this one, 0 where there is none."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after this one, 0 where there is none."""
        return self.page + 1 if self.page < min(self.pages, previews.MOST_PAGES) else 0


def sheet_of(paper: Paper, wanted: str) -> Sheet:
    """The page that is wanted, by its number as written in an address, else the first."""
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1
    same = Paper.objects.filter(order=paper.order_id, kind=paper.kind, name=paper.name).exclude(file="")
    versions = list(same.order_by("stated_at", "id"))
    try:
        shown = previews.page(paper.name, paper.sha256, page)
    except previews.NoPicture:
        return Sheet(page, 0, versions, paper)
    return Sheet(page, shown.pages, versions, paper)
