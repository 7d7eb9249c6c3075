"""How large a file may be, and how much may come with one request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

SLACK = 4 << 20
"""What may stand around the files of a request: the fields of its form."""
AT_ONCE = 5


def limit() -> int:
    """How many bytes a file may have."""
    return int(settings.FILE_MEGABYTES) << 20


def announced(request: HttpRequest) -> int:
    """How many bytes a request says that it brings, 0 where it does not say."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if str(said).isdecimal() else 0


def too_much(request: HttpRequest, files: int = AT_ONCE) -> bool:
    """Whether a request announces more than so many files of the largest size: then it need not be read."""
    return announced(request) > files * limit() + SLACK
