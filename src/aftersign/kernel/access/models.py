"""Tables of sign-ins and of the audit log: what is no fact of an order and yet must be known afterwards."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Person

SUBJECT_LENGTH = 2000
"""How much a line of the audit log can say of what it was about."""


class SignIn(AbstractBaseSession):
    """A session, and who is signed in by it: from which address and device, since when, and when last seen.

    `person` is empty for a stranger's session, which only remembers a language. `device` is what the browser calls
    itself. `began_at` and `seen_at` are empty for strangers.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sign_ins")
    address = models.CharField(max_length=45, blank=True, default="")
    device = models.CharField(max_length=200, blank=True, default="")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in"

    @property
    def mark(self) -> str:
        """By what a page means this sign-in, for its key opens a session and is shown to nobody."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]


class Event(models.TextChoices):
    """What the audit log knows of."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_INS_ENDED = "sign_ins_ended", _("Sign-ins ended")
    CONFIRMATION_FAILED = "confirmation_failed", _("Confirmation failed")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_GIVEN = "password_given", _("Password given")
    FACTOR_SET_UP = "factor_set_up", _("Second factor set up")
    FACTOR_OFF = "factor_off", _("Second factor switched off")
    FACTOR_RESET = "factor_reset", _("Second factor reset")
    CODES_MADE = "codes_made", _("Recovery codes made")
    CODE_USED = "code_used", _("Recovery code used")
    TOKEN_MADE = "token_made", _("Token made")
    TOKEN_REVOKED = "token_revoked", _("Token revoked")
    EXPORTED = "exported", _("Exported")
    FILE_READ = "file_read", _("File downloaded")
    SETTINGS_CHANGED = "settings_changed", _("Settings changed")


class AuditEntry(models.Model):
    """One line of the audit log, never changed: who did what, to whom or what, from where.

    `person` is who did it, empty when nobody is known (a failed sign-in to no account) or when the house itself did.
    `about` is whose account it concerns. `subject` says what was read, exported or changed, in words of the program:
    the name of a list, the id of a file, an act.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    event = models.CharField(max_length=24, choices=Event)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    device = models.CharField(max_length=200, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "audit_log"
        indexes: ClassVar = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["event", "at"], name="audit_by_event"),
            models.Index(fields=["person", "at"], name="audit_by_person"),
            models.Index(fields=["about", "at"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}"
