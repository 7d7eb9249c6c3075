"""Why the journal could not be proven further."""

from __future__ import annotations


class NoCheckpoint(Exception):
    """No checkpoint could be signed and written outside; the message is a sentence that says why."""
