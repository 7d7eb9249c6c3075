"""What a verification has found: problems, by kind and sequence, and what is worth knowing beside them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that was found; `sequence` is the fact at which it stands, None when it stands at none."""

    kind: str
    sequence: int | None
    what: str


@dataclass
class Report:
    """All that was found. Notes leave the journal in order: what was erased, restored, or signed by a newer key."""

    facts: int = 0
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(self, kind: str, sequence: int | None, what: str) -> None:
        """Something is not in order."""
        self.problems.append(Finding(kind, sequence, what))

    def note(self, kind: str, sequence: int | None, what: str) -> None:
        """Something is as it should be, and yet worth knowing."""
        self.notes.append(Finding(kind, sequence, what))
