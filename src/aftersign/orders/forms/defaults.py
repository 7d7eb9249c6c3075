"""Whom the company proposes for the posts of an order, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aftersign.kernel.shell.fields import NamedPersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.problems import require_in_words
from aftersign.kernel.shell.widgets import Tick
from aftersign.kernel.units import words
from aftersign.orders.entries import MemberEntry
from aftersign.orders.queries.people import defaults_of
from aftersign.orders.rules import SALES

DEPUTY = "deputy-"


@dataclass(frozen=True)
class Place:
    """A post with its two fields."""

    person: BoundField
    deputy: BoundField


class DefaultsForm(ActForm):
    """A holder and a deputy for each post, or nobody: then nobody is proposed for it."""

    everywhere = forms.BooleanField(label=gettext_lazy("The same for every kind of order"), required=False, widget=Tick)

    def __init__(self, request: HttpRequest, kind: str) -> None:
        self.kind = kind
        self.posts = [post for post in words.members("order_posts") if post != SALES]
        now = defaults_of(kind)
        initial: dict[str, Any] = {}
        for post in self.posts:
            if post in now:
                initial |= {post: now[post].person, DEPUTY + post: now[post].deputy or ""}
        super().__init__(request, initial=initial)
        for post in self.posts:
            said = {"post": words.label("role", post, get_language() or "zh-hans")}
            self.fields[post] = NamedPersonField(label=said["post"], required=False)
            self.fields[DEPUTY + post] = NamedPersonField(label=_("Deputy of %(post)s") % said, required=False)
        require_in_words(self)

    def clean(self) -> dict[str, Any]:
        """Nobody stands in for nobody, or for themselves."""
        said = self.cleaned_data
        for post in self.posts:
            holder, deputy = said.get(post), said.get(DEPUTY + post)
            if deputy and not holder and post not in self.errors:
                self.add_error(post, _("Name a holder first; a deputy stands in for somebody."))
            elif deputy and holder == deputy:
                self.add_error(DEPUTY + post, _("Nobody is their own deputy."))
        return said

    @property
    def places(self) -> Iterator[Place]:
        """The posts one by one."""
        return (Place(self[post], self[DEPUTY + post]) for post in self.posts)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds for which this is to hold; the form has been checked."""
        return tuple(words.members("order_kinds")) if self.cleaned_data["everywhere"] else (self.kind,)

    @property
    def members(self) -> tuple[MemberEntry, ...]:
        """Who is proposed; the form has been checked."""
        given = self.cleaned_data
        pairs = ((post, given[post], given[DEPUTY + post]) for post in self.posts if given[post])
        return tuple(MemberEntry(post=post, person=one.pk, deputy=two.pk if two else None) for post, one, two in pairs)
