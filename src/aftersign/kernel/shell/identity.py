"""Proof that whoever has signed in is still who sits there: the password, or a code of the moment."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from aftersign.kernel.access import audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import second_factor
from aftersign.kernel.shell.asking import asking

PASSWORD, SECOND_FACTOR = "password", "second_factor"
_CODE = re.compile(r"\d{3}\s?\d{3}")
"""What a code of the moment looks like; no password is as short."""


def prove(request: HttpRequest, secret: str) -> str:
    """How whoever has signed in has proven that it is them: `PASSWORD` or `SECOND_FACTOR`.

    Raises `ValidationError` with the sentence to show when nothing was proven. Failing is counted and locks as at
    sign-in. A code that was used already, at sign-in too, proves nothing; recovery codes are for signing in alone.
    """
    person: Any = request.user
    if _CODE.fullmatch(secret.strip()) and second_factor.is_set_up(person):
        if not _fits(request, person, secret.strip()):
            raise ValidationError(second_factor.Adapter.error_messages["incorrect_code"], "incorrect_code")
        return SECOND_FACTOR
    adapter, account = get_adapter(request), person.get_username()
    proven = adapter.authenticate(request, username=account, password=secret)
    if proven is None or proven.pk != person.pk:
        raise adapter.wrong_password(request, username=account)
    return PASSWORD


def _fits(request: HttpRequest, person: Person, code: str) -> bool:
    clear = check_rate_limit(person)
    if not second_factor.fits(person, code):
        audit.note(Event.CONFIRMATION_FAILED, by=asking(request), about=person, subject=SECOND_FACTOR)
        return False
    clear()
    return True
