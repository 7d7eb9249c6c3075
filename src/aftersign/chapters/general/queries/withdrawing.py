"""What somebody reads before they withdraw a fact, or ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from aftersign.chapters.general import deciding
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries import corrections
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.policy import approvals
from aftersign.policy.cases import edition_of
from aftersign.policy.models import StatedFact
from aftersign.policy.preview import Change, preview


@dataclass(frozen=True)
class WithdrawalPage:
    """One fact that somebody wants withdrawn: whether they may alone, and until when; else who would have to agree.

    `changes` are the duties that would stand otherwise; `other` is a request that waits already.
    """

    fact: StatedFact
    author: Person | None
    plan: corrections.Plan
    alone: bool
    alone_until: datetime | None
    approvers: Sequence[Person]
    other: Request | None
    changes: Sequence[Change]

    @property
    def possible(self) -> bool:
        """Whether anything can be sent from here."""
        stands_firm = self.plan.objection or self.plan.built_on or self.plan.rests_on
        return not stands_firm and (self.alone or self.other is None)


def page_of(actor: Actor, fact: StatedFact) -> WithdrawalPage:
    """The page for a fact that the actor may see and may want withdrawn."""
    edition, plan = edition_of(fact.order_id), corrections.plan_of(fact)
    until = approvals.alone_until(fact.entered, edition) if edition else None
    alone = bool(actor.hands & fact.authors) and (until is None or now() <= until)
    stated_by = (fact.on_behalf_of or fact.actor_id) if fact.authors else None
    author = Person.objects.filter(pk=stated_by).first() if stated_by else None
    waiting = deciding.waiting().filter(fact=fact).select_related("requester")
    wanted = Request(
        kind=Kind.WITHDRAWAL,
        fact=fact,
        author=author,
        edition_id=edition or "",
        requester=actor.person,
        on_behalf_of=actor.on_behalf_of,
    )
    ids = deciding.approvers(wanted) if edition and not alone else frozenset()
    return WithdrawalPage(
        fact=fact,
        author=author,
        plan=plan,
        alone=alone,
        alone_until=until,
        approvers=list(Person.objects.filter(pk__in=ids).order_by("name")) if ids else [],
        other=waiting.first(),
        changes=[] if plan.objection else preview(fact.order_id, never=[each.id for each in plan.facts]),
    )


def who_may(fact: StatedFact) -> str:
    """Who can have a fact withdrawn, in words."""
    person = Person.objects.filter(pk=fact.actor_id).first() if fact.actor_id and fact.authors else None
    if person is None:
        return _("Whoever answers for the order can ask for this to be withdrawn.")
    said = {"name": person.name}
    return _("%(name)s, who stated this, or whoever answers for the order can have it withdrawn.") % said
