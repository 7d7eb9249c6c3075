"""Lines of an exported journal, proven at a glance: each is canonical JSON, and so is what was hashed of it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson

NAMES = (
    "actor_id",
    "actor_kind",
    "at",
    "entered",
    "fact",
    "files",
    "hash",
    "id",
    "on_behalf_of",
    "order_id",
    "payload",
    "previous_hash",
    "request_id",
    "seen",
    "sequence",
    "unit",
    "unit_id",
    "units",
)
"""What every line of a fact says, in the order in which it is written."""
_WITH_PRIVATE = (*NAMES[:12], "private", *NAMES[12:])
_IN_ORDER = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_SIMPLE = frozenset((str, int, bool, type(None)))


def proven(line: str) -> dict[str, Any] | None:
    """What a line says, when it is written exactly as it was exported and its hash is that of what it says.

    None for a line of which that cannot be seen at a glance: it may be sound all the same, and is to be read with care.
    """
    try:
        said = orjson.loads(line)
        if orjson.dumps(said, option=_IN_ORDER) != line.encode():
            return None
        stated = dict(said)
    except (ValueError, TypeError):
        return None
    if tuple(stated) != NAMES and not (tuple(stated) == _WITH_PRIVATE and stated.pop("private")):
        return None
    del stated["hash"]
    if not _is_exact(stated.values()) or sha256(orjson.dumps(stated)).hexdigest() != said["hash"]:
        return None
    return said  # type: ignore[no-any-return]


def _is_exact(values: Iterable[Any]) -> bool:
    """Whether no number among these values, and within them, is one that readers may round."""
    for each in values:
        kind = type(each)
        if kind in _SIMPLE:
            continue
        if kind is float or not _is_exact(each.values() if kind is dict else each):
            return False
    return True
