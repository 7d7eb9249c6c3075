"""The list of everybody who works or worked here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.general.queries.people import states_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import visible
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import departments
from aftersign.kernel.shell.lists import Column, Filter, List
from aftersign.kernel.units.addresses import address_of
from aftersign.policy.models import UNFINISHED, Duty

HERE, CLOSED, LEFT = "here", "closed", "left"
_STATES: dict[str, tuple[str | Promise, Q]] = {
    HERE: (_("Works here"), Q(left_on=None, is_active=True)),
    CLOSED: (_("Account closed"), Q(left_on=None, is_active=False)),
    LEFT: (_("Has left"), Q(left_on__isnull=False)),
}
_RIGHTS: dict[str, tuple[str | Promise, Q]] = {
    "administrator": (_("Administrator"), Q(is_administrator=True)),
    "auditor": (_("Auditor"), Q(is_auditor=True)),
    "head": (_("Heads a department"), Q(heads__closed_on=None, heads__isnull=False)),
}


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _any(found: Mapping[str, tuple[Any, Q]]) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    def apply(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
        wanted = Q(pk__in=[])
        for value in values:
            wanted |= found.get(value, ("", Q(pk__in=[])))[1]
        return rows.filter(pk__in=Person.objects.filter(wanted).values("pk"))

    return apply


def _words(found: Mapping[str, tuple[Any, Q]]) -> Callable[[HttpRequest], Iterable[tuple[str, Any]]]:
    return lambda request: [(name, label) for name, (label, _q) in found.items()]


def _name(person: Person) -> SafeString:
    said = (address_of("general:person", person.pk), person.name, person.account)
    return format_html('<a class="b" href="{}">{}</a> <span class="s t3 n">{}</span>', *said)


def _department(person: Person) -> SafeString | str:
    if person.department is None:
        return "—"
    address = address_of("general:department", person.department_id)
    return format_html('<a href="{}">{}</a>', address, person.department.name)


def state_chips(person: Person, *, deputy: str = "") -> SafeString:
    """How somebody stands, as chips: gone, closed, away, and what their account may do."""
    return format_html_join(" ", '<span class="chip {}">{}</span>', states_of(person, deputy))


class Roll(List):
    """People by name; whoever has left is found by the filter."""

    name, title, sort = "people", _("People"), "name"
    filters = (
        Filter(
            "department",
            _("Department"),
            lambda request: [(str(each.pk), each.name) for each in departments()],
            lambda rows, values: rows.filter(department__in=list(filter(_is_id, values))),
        ),
        Filter("state", _("State"), _words(_STATES), _any(_STATES)),
        Filter("right", _("Rights"), _words(_RIGHTS), _any(_RIGHTS)),
    )
    empty_icon = "users"

    def __init__(self, request: HttpRequest) -> None:
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        super().__init__(request, visible(self.actor, "person").select_related("department"))
        self.columns = (  # type: ignore[misc]
            Column("name", pgettext_lazy("of a person", "Name"), cell=_name, sort="name", kind="wide"),
            Column("department", _("Department"), _department, "department__name", text=_department_name, kind="plain"),
            Column("title", _("Job title"), cell=lambda row: row.title or "—", sort="title", kind="plain"),
            Column("duties", _("Open duties"), cell=self._owed, number=True, text=lambda row: ""),
            Column("state", _("State"), cell=state_chips, text=_states_in_words),
            Column("account", _("Account"), cell=lambda row: row.account, sort="account", hidden=True),
            Column("email", _("Mail"), cell=lambda row: row.email, sort="email", hidden=True),
            Column("language", _("Language"), cell=_language, sort="language", hidden=True),
            Column("left_on", _("Left on"), cell=lambda row: row.left_on, sort="left_on", hidden=True),
        )

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """Without a state chosen, those who work here or whose account is only closed."""
        found = super().rows
        return found if self.state.getlist("state") else found.filter(left_on=None)

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By name, account, title or mail."""
        found = Q(name__icontains=text) | Q(account__icontains=text)
        return rows.filter(found | Q(title__icontains=text) | Q(email__icontains=text))

    @cached_property
    def _counts(self) -> Mapping[Any, int]:
        shown = [row.pk for row in self.page.rows]
        owed = Duty.objects.filter(owner__in=shown, state__in=UNFINISHED)
        return dict(owed.order_by().values_list("owner").annotate(Count("pk")))

    def _owed(self, person: Person) -> str:
        return str(self._counts.get(person.pk, 0) or "—")


def _language(person: Person) -> str:
    return str(person.get_language_display())


def _department_name(person: Person) -> str:
    return person.department.name if person.department else ""


def _states_in_words(person: Person) -> str:
    return gettext(", ").join(str(word) for _tone, word in states_of(person))
