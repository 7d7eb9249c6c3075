"""Through which server the installation sends mail, read from AFTERSIGN_MAIL_URL."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_READS = (
    "AFTERSIGN_MAIL_URL must read smtp://USER:PASSWORD@HOST:PORT (smtps:// for TLS from the first byte, ?starttls=1 to "
    "begin it later), or be empty for no mail"
)
TIMEOUT = 10
"""Seconds after which a server that says nothing is taken for absent."""


def mail(url: str) -> dict[str, Any]:
    """Django's settings of mail.

    Raises `ValueError` for anything but an address; the message repeats no password.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise ValueError(_READS) from None
    is_wrapped, starts = parts.scheme == "smtps", asked.pop("starttls", None) == ["1"]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(_READS)
    if asked or (starts and is_wrapped):
        raise ValueError(_READS)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if is_wrapped else 587 if starts else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": starts,
        "EMAIL_TIMEOUT": TIMEOUT,
    }
