"""Identifiers that sort by the time at which they were made, and those that follow from a name."""

from functools import cache
from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7

from aftersign.kernel.clock.chance import bits, drawn
from aftersign.kernel.clock.reading import now


def new_id() -> UUID:
    """A UUIDv7: unique without asking the database, and in the order of making."""
    return uuid7() if drawn() is None else made_id(int(now().timestamp() * 1000), bits(74))


def made_id(milliseconds: int, chance: int) -> UUID:
    """The UUIDv7 of a moment (milliseconds since the epoch) with the 74 bits that stand beside it."""
    return UUID(made_text(milliseconds, chance))


def named_text(space: str, name: str) -> str:
    """The UUIDv5 of a name in a space (a UUID as well), as text: always the same; no object is made on the way."""
    return str(uuid_utils.uuid5(_space(space), name))


@cache
def _space(text: str) -> uuid_utils.UUID:
    return uuid_utils.UUID(text)


def made_text(milliseconds: int, chance: int) -> str:
    """The same as text."""
    digits = f"{milliseconds << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
