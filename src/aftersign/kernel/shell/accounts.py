"""Signing in: accounts are made by administrators, and whoever has left stays outside."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.org.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How the house answers the sign-in library."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Account or password is wrong. After five attempts wait a few minutes."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "account_inactive": _("This account is closed"),
        "enter_current_password": _("Type the present password"),
        "incorrect_password": _("The password is wrong"),
    }

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
