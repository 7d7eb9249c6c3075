"""What makes a password too easy although it is long: being put together from what everybody puts together."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FILE = Path(__file__).parent / "common_pieces.txt"
REST = 3
"""How many characters beside common pieces do not make a password better."""


class PiecedTogether:
    """Refuses passwords that are nothing but common pieces: words, Chinese phrases in pinyin, runs of keys and digits.

    The account's own name counts as a piece. What is left beside the pieces must be more than a few characters.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` for a password that is put together from common pieces."""
        if len(_rest(password, getattr(user, "account", ""))) <= REST:
            sentence = _("This password is easy to guess: it is put together from common words, names or runs of keys.")
            raise ValidationError(sentence, code="password_pieced_together")

    def get_help_text(self) -> str:
        """What is asked for, for whoever chooses a password."""
        return _("Not put together from common words, names, dates or runs of keys, as woaini1314 or qwerty123456 is.")


def _rest(password: str, account: str) -> str:
    """What is left of a password without its common pieces, the longest taken first."""
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", password).lower())
    if account:
        text = text.replace(account.lower(), "")
    text = re.sub(r"(19|20)\d\d(0[1-9]|1[0-2])?([0-2]\d|3[01])?", "", text)
    text = _pieces().sub("", text)
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def _pieces() -> re.Pattern[str]:
    lines = (line.strip() for line in FILE.read_text(encoding="utf-8").splitlines())
    known = sorted({line for line in lines if line and not line.startswith("#")}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))
