"""Values as the journal writes them: canonical JSON (RFC 8785) without floats, and commitments to private values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import rfc8785

from aftersign.kernel.clock.chance import bits

GENESIS = "0" * 64
"""The hash before that of the first fact."""
COMMITMENT = "$commitment"
SAFE = 2**53 - 1
"""The largest integer that every reader of JSON keeps."""

_PLAIN = frozenset({str, int, bool, type(None)})
_AS_WRITTEN = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def plain(value: Any) -> Any:
    """A value in the types of JSON: decimals, ids, days and moments as text; raises `TypeError` for a float."""
    if type(value) in _PLAIN or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    raise TypeError(f"the journal cannot carry a {type(value).__name__}")


def text(value: Any) -> str:
    """Canonical JSON of a value; raises `ValueError` for integers beyond 2**53 and for text that is no Unicode."""
    return of_plain(plain(value))


def of_plain(value: Any) -> str:
    """Canonical JSON of a value that is in the types of JSON already."""
    # orjson writes what RFC 8785 asks for, many times as fast as the library made for it, unless a name has letters
    # beyond ASCII, by which the two sort differently, or an integer is too large.
    if _is_simple(value):
        with suppress(TypeError):  # of text that is no Unicode the library says what is wrong with it
            return of_simple(value)
    return rfc8785.dumps(value).decode()


def of_simple(value: Any) -> str:
    """Canonical JSON of a value whose names are ASCII and whose integers every reader keeps; nothing is looked at.

    Raises `TypeError` for text that is no Unicode.
    """
    return orjson.dumps(value, option=_AS_WRITTEN).decode()


def _is_simple(value: Any) -> bool:
    kind = type(value)
    if kind is dict:
        return all(key.isascii() and _is_simple(each) for key, each in value.items())
    if kind is list:
        return all(map(_is_simple, value))
    return kind is str or value is None or kind is bool or (kind is int and -SAFE <= value <= SAFE)


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON, in hex."""
    return hashlib.sha256(text(value).encode()).hexdigest()


def new_salt() -> str:
    """A salt of 128 random bits, in hex."""
    return f"{bits(128):032x}"


def commitment(salt: str, value: str) -> dict[str, str]:
    """What the chain keeps of a private value: the SHA-256 of salt and canonical text."""
    return {COMMITMENT: hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()}
