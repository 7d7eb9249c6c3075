"""Checks of what lies around the program: addresses, fonts, mail, scanner, sample sign-ins, and Django's own."""

from __future__ import annotations

from collections.abc import Iterator
from smtplib import SMTPException

from django.conf import settings
from django.core import checks, mail

from aftersign.cli.checking.lines import Line, fault, ok, warning
from aftersign.demo.cast import PASSWORD
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Person
from aftersign.kernel.print.fonts import BODY, HEADING, fonts
from aftersign.kernel.vault import scanning

_HERE = frozenset(("127.0.0.1", "localhost", "[::1]"))
_OF_THE_WEB_SERVER = frozenset(("security.W004", "security.W005", "security.W008", "security.W021"))
"""Strict transport and the way from HTTP to HTTPS, which the web server in front sees to."""
_OF_WHAT_IS_NOT_HERE = frozenset(("async.E001",))
"""Nothing of this program runs asynchronously."""
_OF_HTTPS = frozenset(("security.W012", "security.W016"))
_SHORTEST_SECRET = 50
_SECONDS = 5


def look() -> Iterator[Line]:
    """What can be seen without the database."""
    yield _addresses()
    yield _secret()
    yield _fonts()
    yield _mail()
    yield _scanner()
    yield from _deployment()


def sign_ins() -> Line:
    """Whether somebody could sign in with what stands in the documentation."""
    samples = Person.objects.filter(is_sample=True, is_active=True, left_on=None)
    if marks.of(marks.DEMO) is not None:
        said = "this is the sample company: whoever has read the documentation can sign in"
        return warning("sign-ins", said, "keep it on this machine, and no work of your own in it")
    if count := samples.count():
        said = f"{count} people of the sample company are listed in a company of your own; they cannot sign in"
        return warning("sign-ins", said, "let them leave, under People")
    open_ones = Person.objects.filter(is_active=True, left_on=None, is_administrator=True)
    if any(each.has_usable_password() and each.check_password(PASSWORD) for each in open_ones):
        said = "an administrator signs in with the password of the sample company"
        return fault("sign-ins", said, "let them choose another one at once")
    return ok("sign-ins", "no administrator has the password of the sample company")


def _addresses() -> Line:
    beyond = sorted(set(settings.ALLOWED_HOSTS) - _HERE)
    if "*" in beyond:
        return fault("addresses", "it answers to any name", "name its hosts in AFTERSIGN_HOSTS")
    if not beyond:
        return ok("addresses", "it answers on this machine only")
    said = f"it answers to {', '.join(beyond)}"
    if not settings.HTTPS:
        do = "let your web server speak HTTPS, and set AFTERSIGN_HTTPS=1"
        return fault("addresses", f"{said} without HTTPS: passwords travel in the clear", do)
    plain = [each for each in settings.CSRF_TRUSTED_ORIGINS if not each.startswith("https://")]
    if plain:
        return warning(
            "addresses", f"forms may come from {', '.join(plain)}", "name only https:// in AFTERSIGN_ORIGINS"
        )
    return ok("addresses", f"{said} by HTTPS")


def _secret() -> Line:
    if settings.DEBUG:
        return fault("secret", "DEBUG is on: errors show what is inside", "turn it off")
    if len(settings.SECRET_KEY) < _SHORTEST_SECRET:
        do = f"unset AFTERSIGN_SECRET_KEY, or take {_SHORTEST_SECRET} characters by chance"
        return fault("secret", "the secret of sessions and links is short", do)
    return ok("secret", "the secret of sessions and links is long")


def _fonts() -> Line:
    found = fonts()
    if not found.heading or not found.body:
        do = f"install one of {HEADING[0]} and {BODY[0]}, or name their folder in AFTERSIGN_FONTS"
        return fault("fonts", "there are none for Chinese forms", do)
    return ok("fonts", f"forms are set in {found.heading[0]} and {found.body[0]}")


def _mail() -> Line:
    do = "name your mail server, or let people read their duties in the program"
    if settings.EMAIL_BACKEND.endswith((".dummy.EmailBackend", ".console.EmailBackend", ".locmem.EmailBackend")):
        return warning("mail", "no mail is sent", do)
    try:
        with mail.get_connection(timeout=_SECONDS):
            return ok("mail", f"{settings.EMAIL_HOST} takes mail")
    except (OSError, SMTPException) as error:
        return warning("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes none: {error}", do)


def _scanner() -> Line:
    if not scanning.is_wanted():
        return warning("scanner", "files are not scanned", "run clamd, and name it in AFTERSIGN_CLAMD")
    try:
        scanning.found_in([b"in order"])
    except scanning.NoAnswer as silence:
        said = f"clamd at {settings.CLAMD} does not answer ({silence.__cause__ or silence}): no file is taken in"
        return fault("scanner", said, "start clamd, and look at AFTERSIGN_CLAMD")
    return ok("scanner", f"clamd answers at {settings.CLAMD}")


def _deployment() -> Iterator[Line]:
    """What Django says of a deployment, but for what is the web server's, or needs HTTPS where there is none."""
    passed = _OF_THE_WEB_SERVER | _OF_WHAT_IS_NOT_HERE | (frozenset() if settings.HTTPS else _OF_HTTPS)
    found = [each for each in checks.run_checks(include_deployment_checks=True) if each.id not in passed]
    for each in found:
        say = fault if each.is_serious() else warning
        yield say("django", f"{each.msg} ({each.id})", each.hint or "see Django's deployment checklist")
    if not found:
        yield ok("django", "its own checks of a deployment find nothing")
