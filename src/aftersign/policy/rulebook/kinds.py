"""The kinds of terms: which keys each must have and which it may have."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """The keys of a kind of term, beside `kind`, `id`, `per` and `derived` that each may have."""

    must: tuple[str, ...]
    may: tuple[str, ...]


_DUTY = ("where", "only", "evidence", "tells", "escalates")

KINDS = {
    "duty": Kind(
        must=("opens", "closes", "per", "owner", "within", "severity"),
        may=(*_DUTY, "pauses", "resumes", "voids"),
    ),
    "cycle": Kind(
        must=("opens", "until", "every", "closes", "per", "owner", "severity"),
        may=(*_DUTY, "grace"),
    ),
    "gate": Kind(must=("act", "per", "severity"), may=("unless", "check", "where", "only", "firm")),
    "content": Kind(must=("act", "parts", "per", "severity"), may=("check", "where", "only")),
    "ban": Kind(must=("breach", "per", "owner", "severity"), may=("act", "tells", "escalates")),
    "measure": Kind(must=("from", "severity"), may=("target",)),
    "offer": Kind(must=("shows",), may=("every",)),
}
EVERY_KIND = ("kind", "id", "per", "derived")
SEVERITIES = ("critical", "major", "minor")
