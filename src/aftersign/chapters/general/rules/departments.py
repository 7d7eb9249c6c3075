"""When departments may change their place, and when one may be closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftersign.chapters.general.queries.departments import Standing
from aftersign.kernel.acts.refusals import Refusal

NAMED = 10
"""How many names a refusal lists; the page lists them all."""


def line_above(department: UUID, above: Mapping[UUID, UUID | None]) -> tuple[UUID, ...]:
    """A department and those above it, nearest first, each once."""
    found: list[UUID] = []
    row: UUID | None = department
    while row is not None and row not in found:
        found.append(row)
        row = above.get(row)
    return tuple(found)


def still_standing(standing: Standing) -> tuple[Refusal, ...]:
    """Why a department cannot be closed yet: one reason for each kind of thing that stands in it, with names."""
    people, duties, below = (len(each) for each in (standing.people, standing.duties, standing.below))
    work = ngettext("%(number)d person works here: %(names)s", "%(number)d people work here: %(names)s", people)
    owed = ngettext("%(number)d duty is open here: %(names)s", "%(number)d duties are open here: %(names)s", duties)
    stand = ngettext(
        "%(number)d department stands below: %(names)s", "%(number)d departments stand below: %(names)s", below
    )
    said = ((work, standing.people), (owed, standing.duties), (stand, standing.below))
    return tuple(
        Refusal(sentence % {"number": len(names), "names": shortened(names)}) for sentence, names in said if names
    )


def shortened(names: Sequence[str]) -> str:
    """Names in a row, and a sign where there are more."""
    shown = _(", ").join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(names)s …") % {"names": shown}
