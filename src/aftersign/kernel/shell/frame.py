"""What every page's frame needs to know: the company, the reader's language and theme, and the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import eras
from aftersign.kernel.org import queries
from aftersign.kernel.org.models import Company, Deputyship, Person
from aftersign.kernel.shell import acting_for, navigation
from aftersign.kernel.shell.dates import today

THEMES = ("", "light", "dark")
DENSITIES = ("", "compact")
KEYS = ("", "off")
YEARS = ("", eras.ROC)
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@dataclass
class Frame:
    """The frame of one answer; what costs a query is asked for only when a template shows it."""

    request: HttpRequest

    @property
    def actor(self) -> Actor | None:
        """Who reads, None for a stranger."""
        return getattr(self.request, "actor", None)

    @property
    def person(self) -> Person | None:
        """Who is signed in."""
        return self.actor.person if self.actor else None

    @cached_property
    def company(self) -> Company | None:
        """The company, None before the installation is set up."""
        try:
            return queries.company()
        except Company.DoesNotExist:
            return None

    @property
    def lang(self) -> str:
        """The reader's language as HTML names it."""
        return TAGS.get(get_language() or "", "zh-Hans")

    @property
    def theme(self) -> str:
        """`light` or `dark`, or nothing to follow the system."""
        return self._wish("theme")

    @property
    def density(self) -> str:
        """`compact` or nothing."""
        return self._wish("density")

    @property
    def keys(self) -> str:
        """`off` where single keys do nothing, or nothing."""
        return self._wish("keys")

    @property
    def acting(self) -> Deputyship | None:
        """The deputyship under which whoever reads acts for somebody else."""
        return getattr(self.request, "acting_for", None)

    @property
    def ended_for(self) -> str:
        """For whom whoever reads could act until this page; told once."""
        return acting_for.just_ended(self.request) if self.actor else ""

    @cached_property
    def deputyships(self) -> list[Deputyship]:
        """For whom whoever reads may act today."""
        person = self.person
        return acting_for.of(person, today()) if person and person.stands_in else []

    @cached_property
    def menu(self) -> navigation.Menu:
        """The menu of whoever reads; empty for a stranger."""
        return navigation.menu(self.request, self.actor.standing) if self.actor else navigation.Menu()

    def _wish(self, name: str) -> str:
        if self.person:
            return str(getattr(self.person, name))
        session = getattr(self.request, "session", None)
        return str(session.get(name, "")) if session is not None else ""


class Bare(Frame):
    """The frame of a page that must not ask the database."""

    company = None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` and `actor` on every page."""
    made = Frame(request)
    return {"frame": made, "actor": made.actor}
