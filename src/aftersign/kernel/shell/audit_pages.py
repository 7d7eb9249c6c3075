"""The audit log as a page of settings, for administrators and auditors, to be filtered and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import eras
from aftersign.kernel.clock.days import day_in
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell import settings_pages
from aftersign.kernel.shell.lists import Column, Filter, List
from aftersign.kernel.shell.sign_ins import device_in_words
from aftersign.kernel.shell.templatetags.shell import act_label

_ALARMING = (Event.SIGN_IN_FAILED, Event.CONFIRMATION_FAILED, Event.FACTOR_RESET, Event.FACTOR_OFF)
_KINDS = (("data", _("Reading and exports")), ("sign_in", _("Signing in")), ("trust", _("Accounts and settings")))
_DATA = (Event.EXPORTED, Event.FILE_READ)
_SIGNING_IN = (
    Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.SIGNED_OUT, Event.SIGN_INS_ENDED, Event.CONFIRMATION_FAILED,
    Event.CODE_USED,
)  # fmt: skip
_WHAT = {
    "data": Q(event__in=_DATA),
    "sign_in": Q(event__in=_SIGNING_IN),
    "trust": ~Q(event__in=(*_DATA, *_SIGNING_IN)),
}


def _any(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
    wanted = Q(pk__in=[])
    for value in values:
        wanted |= _WHAT.get(value, Q(pk__in=[]))
    return rows.filter(wanted)


def _person_of(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
    meant = Person.objects.filter(account__in=values).values("pk")
    return rows.filter(Q(person__in=meant) | Q(about__in=meant))


def _accounts(request: HttpRequest) -> list[tuple[str, str]]:
    """Only those that the address names: there are too many to choose from a list."""
    wanted = request.GET.getlist("account")
    known = Person.objects.filter(account__in=wanted) if wanted else ()
    return [(each.account, each.name) for each in known]


def _days(name: str) -> Callable[[HttpRequest], Iterable[tuple[str, str]]]:
    return lambda request: [(value, eras.rewritten(value)) for value in request.GET.getlist(name) if day_in(value)]


def _bound(step: str, days: int) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    def apply(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
        for day in filter(None, map(day_in, values)):
            at = datetime.combine(day + timedelta(days=days), time(0), timezone.get_current_timezone())
            rows = rows.filter(**{f"at__{step}": at})
        return rows

    return apply


def _event(entry: AuditEntry) -> SafeString:
    tone = " bad" if entry.event in _ALARMING else ""
    return format_html('<span class="chip{}">{}</span>', tone, entry.get_event_display())


_tellers: list[Callable[[AuditEntry], SafeString | None]] = []


def offer_words(teller: Callable[[AuditEntry], SafeString | None]) -> None:
    """Let a floor above say in words what its lines are about; None for any other line."""
    _tellers.append(teller)


def _subject(entry: AuditEntry) -> str:
    """What it was about, in words where the program has some."""
    return next(filter(None, (tell(entry) for tell in _tellers)), None) or _written(entry)


def _written(entry: AuditEntry) -> str:
    """The same in a table that is taken out: as it stands in the log, whole."""
    return act_label(entry.subject) if entry.event == Event.SETTINGS_CHANGED else entry.subject


def _exact(entry: AuditEntry) -> str:
    local = timezone.localtime(entry.at)
    return f"{eras.written(local)} {local:%H:%M:%S}"


def _plain(entry: AuditEntry) -> str:
    """The same in a table that is taken out, for programs too: by the common era."""
    return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"


def _name(person: Person | None) -> str:
    return person.name if person else ""


class AuditList(List):
    """The lines of the audit log, the newest first."""

    name, title, sort = "audit", _("Audit log"), "-at"
    columns = (
        Column("at", _("Happened at"), cell=_exact, sort="at", text=_plain, kind="fit n"),
        Column("event", _("Event"), cell=_event, text=lambda row: row.get_event_display(), kind="fit"),
        Column(
            "person", _("Who did it"), cell=lambda row: _name(row.person) or "—", text=lambda row: _name(row.person)
        ),
        Column(
            "about", _("Whose account"), cell=lambda row: _name(row.about) or "—", text=lambda row: _name(row.about)
        ),
        Column("subject", _("What it was about"), cell=lambda row: _subject(row) or "—", text=_written, kind="wide"),
        Column("address", _("Address"), cell=lambda row: row.address or "—"),
        Column("device", _("Device"), cell=lambda row: device_in_words(row.device), hidden=True),
        Column("request_id", _("Number of the request"), cell=lambda row: row.request_id or "—", hidden=True),
    )
    filters = (
        Filter("kind", _("Kind of event"), lambda request: _KINDS, _any),
        Filter("event", _("Event"), lambda request: Event.choices, lambda rows, values: rows.filter(event__in=values)),
        Filter("account", _("Person"), _accounts, _person_of),
        Filter("from", _("From day"), _days("from"), _bound("gte", 0)),
        Filter("to", _("Up to"), _days("to"), _bound("lt", 1)),
    )
    empty_icon = "lock"
    empty_title = _("Nothing is written here yet")

    @property
    def dates(self) -> list[tuple[str, Any, str]]:
        """The days between which lines were written: name, label and what is set."""
        return [(each.name, each.label, self.state.get(each.name, "")) for each in self.filters[-2:]]

    @property
    def kept_beside_dates(self) -> list[tuple[str, str]]:
        """State that the form of the days takes along."""
        return self._state_but("from", "to")

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By name or account of whoever did it or was concerned, by address, subject or number of the request."""
        meant = Person.objects.filter(Q(name__icontains=text) | Q(account__iexact=text)).values("pk")
        said = Q(address__startswith=text) | Q(subject__icontains=text) | Q(request_id=text)
        return rows.filter(said | Q(person__in=meant) | Q(about__in=meant))


@require_safe
@login_required
def audit_log(request: HttpRequest) -> HttpResponseBase:
    """The log, to be filtered and exported; taking it out is written into it as well."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed(actor, audit.READ, company()):
        raise PermissionDenied(gettext("Administrators and auditors read the audit log."))
    rows = AuditEntry.objects.select_related("person", "about")
    return AuditList(request, rows).response("shell/audit.html")


def may_read(actor: Actor) -> bool:
    """Whether somebody finds the log among the settings."""
    return allowed(actor, audit.READ, None)


def offer() -> None:
    """Put the log among the settings."""
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.SECURITY,
            "shell:audit",
            _("Audit log"),
            "lock",
            _("Who signed in, downloaded files, exported lists and changed accounts and settings."),
            80,
            shown=may_read,
        )
    )
