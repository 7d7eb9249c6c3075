"""What a telephone does: the code of the moment of a secret, worked out on its own."""

from __future__ import annotations

import base64
import hmac
import struct
import time


def code_of(secret: str, ahead: int = 0) -> str:
    """The six digits of a secret now, or some half minutes ahead (RFC 6238, SHA-1)."""
    step = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(base64.b32decode(secret), step, "sha1").digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
