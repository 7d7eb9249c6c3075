"""Tokens by which programs act as somebody: one's own, made and revoked, and all of them for administrators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aftersign.kernel.access import tokens
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator
from aftersign.kernel.org.models import Person, Token
from aftersign.kernel.shell import identity, settings_pages
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.fields import DayField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.kernel.shell.widgets import Ticks

LONGEST, USUAL = 365, 90
"""Days for which a token opens something, at most and as a rule."""
MOST = 20
"""Running tokens of one person."""
SHOWN = 500
"""Tokens on the page of administrators, the newest first."""
WORDS = {
    "orders:read": gettext_lazy("Read orders"),
    "orders:write": gettext_lazy("Register and change orders"),
    "handover:read": gettext_lazy("Read handover forms"),
    "handover:write": gettext_lazy("Return copies, ask and answer questions; a program signs nothing"),
    "duties:read": gettext_lazy("Read duties"),
    "duties:write": gettext_lazy("Take duties, ask for waivers and extensions"),
    "clauses:read": gettext_lazy("Read clauses"),
    "facts:read": gettext_lazy("Read the record"),
    "files:read": gettext_lazy("Read files"),
    "files:write": gettext_lazy("Hand in files"),
}
"""What a scope opens, in words."""


class TokenForm(ActForm):
    """A token to be made: what it is for, what it opens, until when, and the password of whoever makes it."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"),
        help_text=gettext_lazy("Without a tick it may all that you may, and never more."),
        choices=[(scope, WORDS.get(scope, scope)) for scope in tokens.SCOPES],
        required=False,
        widget=Ticks,
    )
    until = DayField(label=gettext_lazy("Until"))
    password = forms.CharField(
        label=gettext_lazy("Your password, to confirm that it is you"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.person = person
        super().__init__(request, initial={"until": today() + timedelta(days=USUAL)})

    def clean_until(self) -> Any:
        """A day to come, within a year."""
        day = self.cleaned_data["until"]
        if not today() < day <= today() + timedelta(days=LONGEST):
            raise ValidationError(_("Choose a day after today and within %(days)d days"), "range", {"days": LONGEST})
        return day

    def clean_password(self) -> str:
        """Prove who makes it; raises `ValidationError` for a wrong password and after too many of them."""
        identity.prove(self.request, str(self.cleaned_data["password"]))
        return ""

    def clean(self) -> dict[str, Any]:
        """One more is not too many."""
        if tokens.running(self.person).count() >= MOST:
            raise ValidationError(_("You have %(most)d tokens; revoke one first"), "most", {"most": MOST})
        return self.cleaned_data

    def made(self) -> tuple[Token, str]:
        """The token, and its text that is shown this once."""
        said = self.cleaned_data
        ends = datetime.combine(said["until"] + timedelta(days=1), time(0), timezone.get_current_timezone())
        return tokens.make(self.person, name=said["name"], scopes=said["scopes"], expires_at=ends, by=self.actor)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown in this answer alone."""
    person = cast(Person, _actor(request).person)
    form = TokenForm(request, person)
    text = form.result[1] if form.does(form.made) else ""
    return page_or_part(request, "shell/tokens.html", form=form, text=text, tokens=told(tokens.running(person)))


@require_POST
@login_required
def revoke_mine(request: HttpRequest) -> HttpResponse:
    """Let one of one's own tokens open nothing any more."""
    rows = tokens.running(cast(Person, _actor(request).person))
    return _revoked(request, rows, "shell:tokens")


@require_safe
@login_required
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens that open something, for administrators."""
    _only_administrators(request)
    rows = tokens.running()
    shown: dict[str, Any] = {"tokens": told(rows[:SHOWN]), "number": rows.count()}
    return page_or_part(request, "shell/tokens_of_all.html", **shown)


@require_POST
@login_required
def revoke_any(request: HttpRequest) -> HttpResponse:
    """Let a token of somebody open nothing any more."""
    _only_administrators(request)
    return _revoked(request, tokens.running(), "shell:all_tokens")


def told(rows: Iterable[Token]) -> list[tuple[Token, list[str]]]:
    """Tokens, each with what it opens in words."""
    return [(row, [str(WORDS.get(scope, scope)) for scope in row.scopes]) for row in rows]


def keeps(actor: Actor) -> bool:
    """Whether somebody finds everybody's tokens among the settings."""
    return administrator.test(actor.standing, None)


def offer() -> None:
    """Put everybody's tokens among the settings."""
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.PROGRAMS,
            "shell:all_tokens",
            gettext_lazy("Tokens of programs"),
            "key",
            gettext_lazy("Which programs act as whom, until when, and when they last did."),
            70,
            shown=keeps,
        )
    )


def _revoked(request: HttpRequest, rows: QuerySet[Token], to: str) -> HttpResponse:
    wanted = request.POST.get("token", "")
    found = [tokens.revoke(row, by=_actor(request)) for row in rows if str(row.pk) == wanted]
    said = ngettext("%(n)s token is revoked.", "%(n)s tokens are revoked.", len(found)) % {"n": len(found)}
    return done(request, to, said)


def _only_administrators(request: HttpRequest) -> None:
    if not keeps(_actor(request)):
        raise PermissionDenied(_("Administrators see the tokens of everybody."))


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]
