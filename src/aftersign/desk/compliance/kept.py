"""The selection that an audit paper was made of, in words and as an address, from the line that was kept of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from aftersign.desk.compliance.listing import DutyList, asked_of
from aftersign.desk.queries.compliance.selection import Selection
from aftersign.kernel.shell.bounded import keepable


class KeptSelection(DutyList):
    """A selection as it was kept, read back as whoever looks at it now would see it."""

    def __init__(self, request: HttpRequest, query: str) -> None:
        super().__init__(request)
        self.state = keepable(QueryDict(query, mutable=True))
        self.selection = Selection(self.selection.actor, asked_of(self.state))


def query_of(listing: DutyList) -> str:
    """A selection as an address writes it, its period always said, so that it means the same for ever."""
    selected = QueryDict(urlsplit(listing.matrix_url).query, mutable=True)
    selected["period"] = listing.period.name
    return selected.urlencode()
