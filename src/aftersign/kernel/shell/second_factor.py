"""The second factor: a code of the moment from a telephone beside the password, and codes for when it is lost."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any, ClassVar

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access import audit, sessions
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.models import Event
from aftersign.kernel.acts.refusals import Forbidden
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.asking import asking

REPLAYED = 120
"""Seconds in which a code opens nothing a second time: as long as it holds, and a little more."""
CODE_OF_THE_MOMENT = Authenticator.Type.TOTP
IS_SET_UP = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=CODE_OF_THE_MOMENT))
"""Asks, in a query for people, whether each has set up a second factor."""


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How the house keeps secrets, draws the square code and says what is wrong."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit, or was used already. Wait for the next one and type that."),
        "cannot_delete_authenticator": _("Your company asks for a second factor; it cannot be switched off."),
        "cannot_generate_recovery_codes": _("Set up the second factor first."),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The account, as the telephone shows it."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """The company, as the telephone shows it."""
        return company().name

    def build_totp_svg(self, url: str) -> str:
        """The square code as SVG, without style attributes."""
        drawn = io.BytesIO()
        segno.make(url, error="m", micro=False).save(
            drawn, kind="svg", xmldecl=False, svgns=True, scale=4, border=4, dark="#000", light="#fff", svgclass="qr"
        )
        return SafeString(drawn.getvalue().decode())

    def encrypt(self, text: str) -> str:
        """A secret as it stands in the database, which without this installation's key is of no use."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself; one that no code fits, when the key of the installation has been changed since."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the second factor may be switched off."""
        return not is_required(authenticator.user)


class SignInForm(AuthenticateForm):  # type: ignore[misc]
    """The code that is asked for at sign-in: it opens nothing twice, and one that does not fit is written down."""

    def clean_code(self) -> str:
        """The code; raises `ValidationError` when it does not fit or was used already."""
        code: str = super().clean_code()
        if self.authenticator.type == CODE_OF_THE_MOMENT and not _is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def save(self) -> None:
        """Go on, and write down that a recovery code is used up."""
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            audit.note(Event.CODE_USED, by=asking(context.request, self.user), about=self.user)

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        audit.note(Event.SIGN_IN_FAILED, by=asking(context.request), about=self.user, subject=authenticator.type)


def is_required(person: Person) -> bool:
    """Whether the company asks this person for a second factor."""
    wanted = settings.SECOND_FACTOR
    return bool(wanted == "everyone" or (wanted == "administrators" and person.is_administrator))


def is_set_up(person: Person) -> bool:
    """Whether a person signs in with a second factor; nothing is asked for whoever has signed in."""
    if person.has_second_factor is None:
        return bool(Authenticator.objects.filter(user=person, type=CODE_OF_THE_MOMENT).exists())
    return person.has_second_factor


def is_missing(person: Person) -> bool:
    """Whether a person has to set up a second factor before they go on."""
    return settings.SECOND_FACTOR != "optional" and is_required(person) and not is_set_up(person)


def fits(person: Person, code: str) -> bool:
    """Whether a code is the person's of the moment and opens something for the first time; recovery codes do not."""
    found = Authenticator.objects.filter(user=person, type=CODE_OF_THE_MOMENT).first()
    return found is not None and found.wrap().validate_code(code) and _is_first_use(person, code)


def recovery_codes_left(person: Person) -> int:
    """How many recovery codes are not used up."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


@transaction.atomic
def reset(person: Person, *, by: Actor) -> None:
    """Take somebody's second factor away, because their telephone is lost: they sign in anew, with the password alone.

    Raises `Forbidden` for whoever may not, and for oneself: whoever has only stolen a session gets no further by it.
    """
    if person.pk in by.hands or not allowed(by, audit.RESET_FACTOR, person):
        raise Forbidden.because(gettext("You have no right to do this here."), check=audit.RESET_FACTOR)
    Authenticator.objects.filter(user=person).delete()
    sessions.end(person)
    audit.note(Event.FACTOR_RESET, by=by, about=person)


def _is_first_use(person: Person, code: str) -> bool:
    text = "".join(code.split())
    return bool(cache.add(f"second-factor.{person.pk}.{text}", 1, timeout=REPLAYED))


def _cipher() -> Fernet:
    key = hashlib.sha256(b"aftersign second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
