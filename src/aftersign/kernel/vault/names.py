"""File names that lead nowhere and steer nothing."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

LENGTH = 120


def harmless(name: str) -> str:
    """A file name without folders, signs that steer a terminal or a reader's eye, and without excess."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, suffix = re.sub(r'[<>:"|?*\s]+', " ", seen).strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{stem.strip()[:LENGTH] or _('file')}{dot}{suffix[:10]}"
