"""The journal's reader that asks every room what facts mean to whom."""

from __future__ import annotations

from collections.abc import Sequence

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.readers import Reader
from aftersign.kernel.notices.registry import Happening, tellers
from aftersign.kernel.notices.telling import happen
from aftersign.kernel.org.remembering import remembering


@remembering()
def read(facts: Sequence[Recorded]) -> None:
    """Bring the next facts into the inboxes."""
    happenings: list[Happening] = []
    for teller in tellers():
        mine = [fact for fact in facts if not teller.facts or fact.name in teller.facts]
        if mine:
            happenings += teller.tell(mine)
    happen(happenings)


READER = Reader("notices", read, from_beginning=False, private=False)
