"""Signing in: accounts are made by administrators, and whoever has left stays outside."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import running_deputyships
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.responses import toast


class Doorkeeper(AuthenticationBackend):  # type: ignore[misc]
    """Who may be in here: asked at sign-in and again at every request, so whoever leaves loses every door at once."""

    def get_user(self, user_id: Any) -> Person | None:
        """Whoever a session belongs to, knowing already who stands in for whom today; one query."""
        running = running_deputyships(today())
        standing_in = Exists(running.filter(deputy=OuterRef("pk")))
        stood_in_for = Exists(running.filter(person=OuterRef("pk")))
        known = Person.objects.annotate(is_deputy=standing_in, has_deputy=stood_in_for)
        person = known.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.stands_in, person.is_stood_in_for = person.is_deputy, person.has_deputy
        return person

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and belongs to somebody who works here."""
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

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Who the account and password belong to, and if to nobody, how often this may be tried again."""
        person = super().authenticate(request, **credentials)
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

    def _tries_left(self) -> int | None:
        """Attempts left under the strictest of the limits that the last one counted against."""
        used = getattr(self._login_failed_rl_usage, "usage", ())
        rates = ratelimit.get_rates(app="allauth.account", action="login_failed")
        return min(
            (rate.amount - len(cache.get(each.cache_key, ())) for rate, each in zip(rates, used, strict=False)),
            default=None,
        )

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
