"""The act by which somebody leaves: everything of theirs goes to others, and every door is shut behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, queries
from aftersign.chapters.general.acts.anew import people_anew
from aftersign.chapters.general.acts.departments import change_department
from aftersign.chapters.general.acts.deputies import end_deputy, name_deputy
from aftersign.chapters.general.acts.posts import name_post
from aftersign.chapters.general.queries.leaving import Kind, Line, deputies_of, lines_of
from aftersign.chapters.general.rules.deputies import span_of
from aftersign.chapters.general.rules.leaving import (
    Handing,
    Successors,
    faults_of_leaving,
    fresh_deputyships,
    lacking,
    planned,
)
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused, Stale
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, other_administrators
from aftersign.orders.acts.handing_on import Move, hand_on_posts
from aftersign.orders.models import Order

By = Mapping[Kind, Sequence[Handing]]


@act("general.record_leaving", capability="general.record_leaving", checks=("successor_is_named",))
def record_leaving(person: Person, *, left_on: date, successors: Successors, by: Actor) -> Person:
    """Somebody leaves: duties, posts, departments and deputyships go to their successors, all of them in one act.

    The person is out at once, and their name stays on what they did. Raises `Refused` for the only administrator, for
    a day to come, and while anything has no successor who works here.
    """
    successors = successors.as_read(people_anew(successors.people))
    is_only = person.is_administrator and not other_administrators(person)
    found = tuple(faults_of_leaving(person, left_on, successors, today=queries.today(), is_only_administrator=is_only))
    if found:
        raise Refused(found)
    handings = planned(_locked_lines(person, successors), successors)
    by_kind = {kind: [each for each in handings if each.line.kind == kind] for kind in Kind}
    default = successors.default
    state(facts.PersonLeft(about=person, left_on=left_on, successor=default.pk if default else None))
    person.left_on = left_on
    person.save()
    _hand_on_company(person, by_kind, by)
    _hand_on_orders(person, by_kind)
    return person


def _locked_lines(person: Person, successors: Successors) -> tuple[Line, ...]:
    """Everything that is handed on, with the orders concerned locked by id; read again under these locks."""
    wanted = {line.order_id for line in lines_of(person) if line.order_id}
    list(Order.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    lines = lines_of(person)
    if {line.order_id for line in lines if line.order_id} - wanted or lacking(lines, successors):
        raise Stale.because(_("Something came to %(name)s meanwhile. Look at the list again.") % {"name": person.name})
    return lines


def _hand_on_company(person: Person, by_kind: By, by: Actor) -> None:
    """Posts, departments and deputyships, each by the act that changes it anyway."""
    today, house = queries.today(), company()
    for each in by_kind[Kind.POST]:
        name_post(house, post=each.line.row.name, holder=each.to, from_on=today, by=by)
    for each in by_kind[Kind.HEAD]:
        change_department(each.line.row, head=each.to, by=by)
    known = [span_of(each) for each in queries.deputyships()]
    fresh = list(fresh_deputyships(by_kind[Kind.DEPUTY], known, person, today))
    refused = ((each.line.key, fault.sentence) for each, _span, faults in fresh for fault in faults)
    if found := tuple(Refusal(sentence, missing=(key,)) for key, sentence in refused):
        raise Refused(found)
    for own in {each.deputy_id: each for each in deputies_of(person)}.values():
        end_deputy(person, deputy=own.deputy, by=by)
    for away in {each.line.row.person_id: each.line.row.person for each in by_kind[Kind.DEPUTY]}.values():
        end_deputy(away, deputy=person, by=by)
    for each, span, _faults in fresh:
        name_deputy(each.line.row.person, deputy=each.to, from_on=span.from_on, until=span.until, by=by)


def _hand_on_orders(person: Person, by_kind: By) -> None:
    """Posts of orders, and the duties of all of them."""
    moves = (
        Move(each.line.row, each.line.post, each.to, stands_in=each.line.kind == Kind.STAND_IN)
        for each in (*by_kind[Kind.ORDER], *by_kind[Kind.STAND_IN])
    )
    hand_on_posts(person, moves)
    reason = _("%(name)s leaves.") % {"name": person.name}
    for each in by_kind[Kind.DUTY]:
        state(facts.DutyHandedOn(about=each.line.row, from_person=person.pk, to_person=each.to.pk, reason=reason))
