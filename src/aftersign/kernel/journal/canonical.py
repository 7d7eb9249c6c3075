"""Values as the journal writes them: canonical JSON (RFC 8785) without floats, and commitments to private values."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785

COMMITMENT = "$commitment"


def plain(value: Any) -> Any:
    """A value in the types of JSON: decimals, ids, days and moments as text; raises `TypeError` for a float."""
    if value is None or isinstance(value, bool | str | int):
        return value
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
    """Canonical JSON of a value; integers beyond 2**53 are refused by the standard."""
    return rfc8785.dumps(plain(value)).decode()


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON, in hex."""
    return hashlib.sha256(rfc8785.dumps(plain(value))).hexdigest()


def new_salt() -> str:
    """A salt of 128 random bits, in hex."""
    return secrets.token_hex(16)


def commitment(salt: str, value: str) -> dict[str, str]:
    """What the chain keeps of a private value: the SHA-256 of salt and canonical text."""
    return {COMMITMENT: hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()}
