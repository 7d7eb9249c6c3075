"""Words: `ROOM.WORD` renames a word in one room, so the room and the word must be there."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of words."""
    words = draft.rulebook.words
    for name in words:
        room, dot, word = name.partition(".")
        if dot and (room not in draft.rulebook.rooms or word not in words):
            reason = "is not a room of the edition and a word that has a label of its own"
            yield draft.fault(reason, "word", name)
