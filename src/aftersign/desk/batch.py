"""One act on several duties: each passes the doorway alone, what is refused says why, and the rest is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftersign.chapters.general.acts import take_duty
from aftersign.desk.queries.work.lists import DEPARTMENT
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import back
from aftersign.kernel.shell.templatetags.shell import act_label
from aftersign.policy.cards import Card, cards
from aftersign.policy.models import Duty

MOST = 100
Doing = Callable[[Duty, Actor, ActForm], object]


@dataclass(frozen=True)
class Verb:
    """What may be done to several duties: its act, the lists where it is offered, the form it needs, and its key."""

    name: str
    act: str
    lists: frozenset[str]
    do: Doing
    form: type[ActForm] | None = None
    key: str = ""


def _take(duty: Duty, by: Actor, form: ActForm) -> Duty:
    return take_duty(duty, by=by)


VERBS = {verb.name: verb for verb in (Verb("take", "general.take_duty", frozenset({DEPARTMENT}), _take, key="a"),)}


def verbs_of(name: str) -> list[Verb]:
    """What may be done to several duties of a list."""
    return [verb for verb in VERBS.values() if name in verb.lists]


class Batch:
    """Several duties and what is done to them, as one request asks for it.

    `cards` are those chosen, after the act those that were refused; `refusals` say why, by the duty's id.
    """

    def __init__(self, request: HttpRequest, visible: QuerySet[Duty]) -> None:
        self.verb = VERBS.get(request.POST.get("do", ""))
        self.next = back(request)
        related = visible.select_related("order__customer", "owner__department", "owner_department")
        ids = _ids(request.POST.getlist("chosen"))
        self.cards: Sequence[Card] = cards(related.filter(pk__in=ids).order_by("due_at", "id")) if self.verb else []
        self.is_empty = not self.cards
        self.refusals: dict[UUID, tuple[Refusal, ...]] = {}
        self.done = 0
        self.form = self._form(request)
        if self.verb and self.cards and self._holds():
            self._run(self.verb)

    def _form(self, request: HttpRequest) -> ActForm:
        """The form of the verb, to be filled in first; where there is nothing to fill in, what the list sent."""
        if self.verb and self.verb.form:
            return self.verb.form(request)
        return ActForm(request, data=request.POST)

    def _holds(self) -> bool:
        """Whether the form is filled in and the duties are not too many; without fields it always is."""
        return len(self.cards) <= MOST and self.form.is_valid()

    def _run(self, verb: Verb) -> None:
        for card in self.cards:
            key = f"{self.form.actor.key}:{card.duty.pk}" if self.form.actor.key else ""
            try:
                verb.do(card.duty, replace(self.form.actor, key=key), self.form)
            except Refused as refused:
                self.refusals[card.duty.pk] = refused.refusals
        self.done = len(self.cards) - len(self.refusals)
        self.cards = [card for card in self.cards if card.duty.pk in self.refusals]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self.cards

    @property
    def rows(self) -> list[tuple[Card, tuple[Refusal, ...]]]:
        """The duties with what was refused about each."""
        return [(card, self.refusals.get(card.duty.pk, ())) for card in self.cards]

    @property
    def too_many(self) -> str:
        """A sentence when there are more duties than may be done at once, else empty."""
        if len(self.cards) <= MOST:
            return ""
        return _("At most %(most)d duties go at once; %(n)d are chosen.") % {"most": MOST, "n": len(self.cards)}

    @property
    def said(self) -> str:
        """What has been done, in words."""
        done = ngettext("%(act)s: %(n)d done", "%(act)s: %(n)d done", self.done)
        return done % {"act": act_label(self.verb.act) if self.verb else "", "n": self.done}

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows what is left."""
        return 422 if self.refusals or self.too_many or self.form.problems else 200


def _ids(written: Iterable[str]) -> set[UUID]:
    found = set()
    for each in written:
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return found
