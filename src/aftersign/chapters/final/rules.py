"""Who may put an edition in force, what a new edition changes, and what it ends."""

from __future__ import annotations

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.capabilities import operating_account
from aftersign.policy.rulebook import Rulebook

capabilities.declare("policy.put_in_force", operating_account)
capabilities.declare("policy.install_rooms", operating_account)


def terms_ended(old: Rulebook, new: Rulebook) -> list[str]:
    """The cycles of an old edition that the new one no longer has."""
    return sorted(name for name, term in old.terms.items() if term.kind == "cycle" and name not in new.terms)


def changed_files(old: Rulebook | None, new: Rulebook) -> list[dict[str, str]]:
    """The files in which a rulebook differs from the one before it; every file of the first."""
    before = old.files if old else {}
    names = sorted(name for name in before.keys() | new.files.keys() if before.get(name) != new.files.get(name))
    return [{"file": name} for name in names]
