"""Identifiers that sort by the time at which they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7: unique without asking the database, and in the order of making."""
    return uuid7()
