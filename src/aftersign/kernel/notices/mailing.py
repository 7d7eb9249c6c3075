"""Handing mails to the mail server, many over one connection, and each once as far as SMTP allows."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from uuid import UUID

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError

from aftersign.kernel.notices import claiming, outbox
from aftersign.kernel.notices.letters import letters_of
from aftersign.kernel.notices.models import Message

PORTION = 100
"""Mails that are claimed and written at once."""
_log = logging.getLogger(__name__)


def send_waiting(most: int = 500) -> bool:
    """Send what may go out, at most so many; answers whether more waits. Several workers may do so at once.

    Runs outside of any transaction. Between the server's yes and our note of it a worker can die: that one mail goes
    out again later, under the same Message-ID.
    """
    if not outbox.is_on() or not claiming.is_open():
        return False
    post: BaseEmailBackend | None = None
    left = most
    try:
        while left > 0 and (mine := claiming.claim(min(PORTION, left))):
            left -= len(mine)
            post = post or _opened(mine)
            if post is None or not _send(post, mine):
                return False
    finally:
        if post is not None:
            post.close()
    return left <= 0


def _opened(mine: Sequence[Message]) -> BaseEmailBackend | None:
    """A connection to the server; None where there is none, and then everything is put back."""
    post = get_connection(fail_silently=False)
    try:
        post.open()
    except (OSError, smtplib.SMTPException) as error:
        _give_up(mine, error)
        return None
    claiming.answered()
    return post


def _send(post: BaseEmailBackend, mine: Sequence[Message]) -> bool:
    """Send a portion; False when the server went away meanwhile."""
    letters = _letters(mine)
    for place, message in enumerate(mine):
        if not claiming.is_held(message):
            return True
        letter = letters.get(message.pk)
        if letter is None:
            continue
        if isinstance(letter, str):
            claiming.dropped(message, letter)
            continue
        try:
            post.send_messages([letter])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, ValueError) as error:
            _turned_away(message, error)
        except (OSError, smtplib.SMTPException) as error:
            claiming.postponed(message, str(error))
            _give_up(mine[place + 1 :], error)
            return False
        else:
            claiming.sent(message)
    return True


def _letters(mine: Sequence[Message]) -> dict[UUID, EmailMultiAlternatives | str]:
    """The mails of a portion; one that cannot be written is kept with the reason, and keeps none of the others back."""
    try:
        return dict(letters_of(mine))
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 (whatever one mail does wrong, the others go out)
        _log.exception("a portion of mails cannot be written together")
    found: dict[UUID, EmailMultiAlternatives | str] = {}
    for message in mine:
        try:
            found |= letters_of([message])
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 (as above)
            claiming.refused(message, f"cannot be written: {type(error).__name__}: {error}")
    return found


def _turned_away(message: Message, error: Exception) -> None:
    """Keep why the server would not take a mail: for good, or only now."""
    code, said = _answer(error)
    why = f"{code} {said}".strip()
    if 400 <= code < 500:
        claiming.postponed(message, why)
    else:
        claiming.refused(message, why)


def _answer(error: Exception) -> tuple[int, str]:
    """The server's code and sentence."""
    code, said = 0, b""
    if isinstance(error, smtplib.SMTPRecipientsRefused) and error.recipients:
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, str(error).encode()
    return code, said.decode(errors="replace") or str(error)


def _give_up(mine: Sequence[Message], error: Exception) -> None:
    """Put back what was claimed, and wait before the server is asked again."""
    claiming.given_back(mine)
    again = claiming.failed(str(error) or type(error).__name__)
    _log.warning("the mail server is not there (%s); trying again at %s", error, again.isoformat())
