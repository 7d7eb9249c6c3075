"""Editions that were issued come into force on their day, and replace the one before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from aftersign.chapters.final import facts, queries
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.org.models import Company
from aftersign.orders.queries.days import first_minute, today
from aftersign.policy.editions import store
from aftersign.policy.editions.differences import terms_ended
from aftersign.policy.models import Edition


def bring_into_force(company: Company, *, by: Actor) -> list[Edition]:
    """The clock brings issued editions into force whose day has come; safe on several workers at once."""
    if not queries.is_awaited():
        return []
    with clockwork(company, by=by):
        due = [(day, edition) for day, edition in queries.awaited() if day <= today(company)]
        for day, edition in due:
            take_effect(company, edition, day)
    return [edition for _day, edition in due]


def take_effect(company: Company, edition: Edition, day: date) -> None:
    """An edition takes effect with its day, or with the one before it if that began later."""
    moment = first_minute(day, company)
    before = store.current()
    if before is not None:
        moment = _replace(company, before, edition, moment)
    edition.in_force_from = moment
    edition.save(update_fields=["in_force_from"])
    carries = {"company": str(company.pk)}
    state(facts.TookEffect(about=edition, at=moment, carries=carries, version=edition.version, first=before is None))
    transaction.on_commit(store.forget)


def _replace(company: Company, before: Edition, edition: Edition, moment: datetime) -> datetime:
    moment = max(moment, before.in_force_from or moment)
    before.replaced_at = moment
    before.save(update_fields=["replaced_at"])
    ended = terms_ended(store.rulebook_of(before.pk), store.rulebook_of(edition.pk))
    carries = {"company": str(company.pk)}
    state(facts.WasReplaced(about=before, at=moment, carries=carries, version=before.version, terms_ended=ended))
    return moment
