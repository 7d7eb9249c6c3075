"""Why a form could not be sealed: a word that is kept, a sentence for the page, and what exactly it was."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_CERTIFICATE, KEY_MISSING, KEY_UNREADABLE = "no_certificate", "key_missing", "key_unreadable"
NOT_VALID, DISK, TIMESTAMP, FAILED = "not_valid", "disk", "timestamp", "failed"

SENTENCES: Mapping[str, str | Promise] = {
    NO_CERTIFICATE: _("There is no company certificate yet; the administrator makes one with `aftersign init`."),
    KEY_MISSING: _("The key of the company certificate is missing; the administrator puts it back."),
    KEY_UNREADABLE: _("The key of the company certificate cannot be read, or belongs to another certificate."),
    NOT_VALID: _("The company certificate is not valid today; the administrator makes or imports another."),
    DISK: _("The disk does not take the file; the administrator makes room."),
    TIMESTAMP: _("The timestamp service does not answer."),
    FAILED: _("Sealing failed; the administrator finds the reason in the log."),
}


class NoSeal(Exception):
    """Nothing was sealed; `fault` is one of the words above, `detail` says what exactly, for the administrator."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault, self.detail = fault, detail

    def __str__(self) -> str:
        sentence = str(SENTENCES[self.fault])
        return f"{sentence} ({self.detail})" if self.detail else sentence
