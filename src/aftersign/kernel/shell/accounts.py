"""Signing in: accounts are made by administrators, and whoever has left stays outside."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftersign.kernel.access import audit, sessions
from aftersign.kernel.access.models import Event
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.notices import inbox
from aftersign.kernel.org.marks import is_demo, is_guided, is_shut_out
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.posts import posts_beside, posts_from
from aftersign.kernel.org.prepared import Prepared
from aftersign.kernel.org.queries import running_deputyships
from aftersign.kernel.shell import second_factor
from aftersign.kernel.shell.asking import address_of, asking, device_of
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.responses import toast

_LIMIT: dict[str, Any] = {"app": "allauth.account", "action": "login_failed"}
TOLD = {
    "account/email/password_changed": Event.PASSWORD_CHANGED,
    "mfa/email/totp_activated": Event.FACTOR_SET_UP,
    "mfa/email/totp_deactivated": Event.FACTOR_OFF,
    "mfa/email/recovery_codes_generated": Event.CODES_MADE,
}
"""What the sign-in library tells of, and what it is called here."""


def _known(person: Any, day: date) -> QuerySet[Person]:
    """Somebody, with what each request asks about them on a day."""
    running = running_deputyships(day)
    known = Person.objects.annotate(
        is_deputy=Exists(running.filter(deputy=OuterRef("pk"))),
        has_deputy=Exists(running.filter(person=OuterRef("pk"))),
        has_factor=second_factor.IS_SET_UP,
        unread=inbox.unread_beside(),
        in_demo=is_demo(),
        guided=is_guided(),
        posts_held=posts_beside(),
        **journal.company_end_beside(),
    )
    return known.filter(pk=person).order_by("pk")


_somebody = Prepared(_known)


class Doorkeeper(AuthenticationBackend):  # type: ignore[misc]
    """Who may be in here: asked at sign-in and again at every request, so whoever leaves loses every door at once."""

    def get_user(self, user_id: Any) -> Person | None:
        """Whoever a session belongs to, knowing who stands in for whom today and how much is unread; one query.

        Reads along what nearly every page asks: the posts they hold, and the last fact of the company.
        """
        person: Any = next(iter(_somebody.rows(Person._meta.pk.to_python(user_id), today())), None)
        if person is None or not self._may_stay(person):
            return None
        if person.is_sample and not person.in_demo:
            return None
        person.stands_in, person.is_stood_in_for = person.is_deputy, person.has_deputy
        person.unread_notices = person.unread
        person.is_guided = person.guided
        person.has_second_factor = person.has_factor
        person.lacks_second_factor = second_factor.is_missing(person)
        person.held_posts = posts_from(person.posts_held)
        journal.keep_company_end(person)
        found: Person = person
        return found

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and belongs to somebody who works here, if only in the sample company."""
        return self._may_stay(user) and not is_shut_out(user)

    def _may_stay(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user)) and user.left_on is None and not user.is_operating


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How the house answers the sign-in library."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Account or password is wrong"),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "account_inactive": _("This account is closed"),
        "enter_current_password": _("Type the present password"),
        "incorrect_password": _("The password is wrong"),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raise `ValidationError` after too many wrong passwords, saying until when the account is shut."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as shut:
            raise self._shut(request, **credentials) or shut from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Who the account and password belong to, and if to nobody, how often this may be tried again.

        Raises `ValidationError` for people of the sample company in a database that is not marked as one of it.
        """
        person = super().authenticate(request, **credentials)
        if person is not None and is_shut_out(person):
            raise ValidationError(
                _("This account belongs to the sample company, and this is not its database."), "sample"
            )
        self.tries_left = None if person else self._tries_left()
        return person

    def validation_error(self, code: str, *args: Any) -> Any:
        """A wrong pair is told with the tries that are left; whether it is the account or the password is not told."""
        left = getattr(self, "tries_left", None)
        if code != "username_password_mismatch" or not left:
            return super().validation_error(code, *args)
        sentence = ngettext(
            "Account or password is wrong, %(left)s try is left",
            "Account or password is wrong, %(left)s tries are left",
            left,
        )
        return ValidationError(sentence % {"left": left}, code)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write a wrong pair into the audit log: whose account it was, but not what was typed when it is nobody's."""
        event = Event.CONFIRMATION_FAILED if request.user.is_authenticated else Event.SIGN_IN_FAILED
        typed = str(credentials.get("username") or "")
        audit.note(event, by=asking(request), about=Person.objects.filter(account__iexact=typed).first())

    def login(self, request: HttpRequest, user: Person) -> None:
        """Let somebody in, under a new key of the session, and write down where."""
        super().login(request, user)
        sessions.begin(request.session, address=address_of(request), device=device_of(request))
        audit.note(Event.SIGNED_IN, by=asking(request, user), about=user)

    def logout(self, request: HttpRequest) -> None:
        """Let somebody out, and write that down."""
        audit.note(Event.SIGNED_OUT, by=asking(request), about=asking(request).person)
        super().logout(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which attempts are counted."""
        return address_of(request) or "unknown"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever changes how they sign in proves it by their password."""
        method = {"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}
        return [method] if user.is_authenticated else []

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """What the library would tell by mail is written into the audit log; a new password ends all other sign-ins."""
        event = TOLD[template_prefix]
        if event == Event.PASSWORD_CHANGED:
            sessions.end(user, but=(context.request.session.session_key,))
        audit.note(event, by=asking(context.request, user), about=user)

    def _tries_left(self) -> int | None:
        """Attempts left under the strictest of the limits that the last one counted against."""
        used = getattr(self._login_failed_rl_usage, "usage", ())
        return min(
            (
                rate.amount - len(cache.get(each.cache_key, ()))
                for rate, each in zip(ratelimit.get_rates(**_LIMIT), used, strict=False)
            ),
            default=None,
        )

    def wrong_password(self, request: HttpRequest, **credentials: Any) -> ValidationError:
        """What is said to somebody who is signed in and has typed another password, with the tries that are left."""
        left = self.tries_left
        if left == 0:
            shut = self._shut(request, **credentials)
            if shut is not None:
                return shut
        if not left:
            return ValidationError(_("This password is wrong. Type the one with which you sign in."), "wrong")
        sentence = ngettext(
            "This password is wrong, %(left)s try is left. Type the one with which you sign in.",
            "This password is wrong, %(left)s tries are left. Type the one with which you sign in.",
            left,
        )
        return ValidationError(sentence % {"left": left}, "wrong")

    def _shut(self, request: HttpRequest, **credentials: Any) -> ValidationError | None:
        """That no password is looked at, and until when, to the minute; None where nothing is shut any more."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        opens = []
        for rate in ratelimit.get_rates(**_LIMIT):
            tried = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **_LIMIT), ())
            if len(tried) >= rate.amount:
                opens.append(tried[rate.amount - 1] + rate.duration)
        if not opens:
            return None
        at = timezone.localtime(datetime.fromtimestamp(max(opens), UTC) + timedelta(seconds=59))
        sentence = _("Too many wrong passwords: signing in and signing are shut until %(time)s.")
        return ValidationError(sentence % {"time": f"{at:%H:%M}"}, "too_many_login_attempts")

    def set_password(self, user: Person, password: str) -> None:
        """Whoever chooses their own password keeps no given one."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work, with a word that it was done."""
        toast(request, _("The password has been changed."))
        return str(resolve_url(settings.LOGIN_REDIRECT_URL))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> Any:
        """Let nobody in who has left, whatever their account says."""
        if user.left_on is not None or user.is_operating:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The page itself shows who is signed in; no message is needed."""


def display(person: Person) -> str:
    """What a person is called."""
    return person.name
