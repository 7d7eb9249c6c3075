"""What facts say of the journal itself, collected on the way through it: restores, erasures, changed keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aftersign.kernel.journal.proof.private import ERASED, Privacy
from aftersign.kernel.journal.proof.restores import RESTORED, Restore, restore_of

KEY_CHANGED = "journal.key_changed"
STORIES = frozenset((RESTORED, ERASED, KEY_CHANGED))


@dataclass
class Stories:
    """Restores in their order, and by key the facts that name it as the new one."""

    restores: list[Restore] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)

    def step(self, sequence: int, fact: str, said: Any, privacy: Privacy) -> None:
        """A fact that tells something of the journal; one that cannot be understood tells nothing."""
        if not isinstance(said, dict):
            return
        if fact == ERASED:
            privacy.erasure(sequence, said)
        elif fact == KEY_CHANGED:
            self.keys[str(said.get("key"))] = sequence
        elif (restore := restore_of(sequence, said)) is not None:
            self.restores.append(restore)
