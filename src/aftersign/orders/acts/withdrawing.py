"""How the facts of the spine are withdrawn: what an order said before, its people before, and its course undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.db.models import F, Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.acts.withdrawing import Facts, Way, of_same_case, offer, offer_instead
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.queries import company
from aftersign.orders import states
from aftersign.orders.acts.completing import ACCEPTANCE
from aftersign.orders.acts.information import FIELDS, faults_of, text_of, write_fields
from aftersign.orders.items import item_label
from aftersign.orders.models import HaltRequest, InformationChange, Order, TeamMember
from aftersign.orders.queries.known import particulars_of
from aftersign.orders.rules import SALES

CHANGED, NAMED, HANDED_ON = "order.information_changed", "order.team_named", "order.post_handed_on"
_ITSELF = gettext_lazy("Withdraw the request itself, on its own page.")
_AGAIN = gettext_lazy("Ask again: a new request is decided anew.")
_INSTEAD = {
    "order.signed": gettext_lazy("Change what is wrong in the order's information; both stay in the record."),
    "order.registered": gettext_lazy("Change what is wrong in the order's information; both stay in the record."),
    HANDED_ON: gettext_lazy("Name the order's team again; both stay in the record."),
    "order.suspension_requested": _ITSELF,
    "order.termination_requested": _ITSELF,
    "order.request_withdrawn": _AGAIN,
    "order.request_rejected": _AGAIN,
    "order.customer_listed": gettext_lazy("Change what is known of the customer; both stay in the record."),
    "order.customer_changed": gettext_lazy("Change what is known of the customer again; both stay in the record."),
}


def offer_all() -> None:
    """Put every kind of fact in its place; called once, when the application starts."""
    offer(CHANGED, Way(_say_old, _say_new, built_on=_changed_again, objection=_is_a_row))
    offer(NAMED, Way(_name_earlier, _name_again, built_on=of_same_case(NAMED, HANDED_ON)))
    offer("order.completed", Way(_void_proof, _take_proof))
    offer("order.suspended", Way(_ungrant, _grant, built_on=of_same_case("order.resumed")))
    offer("order.resumed", Way(built_on=of_same_case("order.suspended")))
    offer("order.terminated", Way(_ungrant, _grant, built_on=of_same_case("order.closed")))
    offer("order.closed", Way())
    for name, sentence in _INSTEAD.items():
        offer_instead(name, sentence)


def _say_old(fact: Recorded) -> None:
    change = InformationChange.objects.select_related("order").get(pk=fact.unit_id)
    _say(change, change.new, change.old)


def _say_new(fact: Recorded) -> None:
    change = InformationChange.objects.select_related("order").get(pk=fact.unit_id)
    _say(change, change.old, change.new)


def _say(change: InformationChange, present: str, wanted: str) -> None:
    """Let the order say something else; refused where it no longer says what it is thought to say."""
    order, said = change.order, {"item": item_label(change.item)}
    if text_of(getattr(order, change.item)) != present:
        raise Refused.because(_("%(item)s has been changed again since. Change it once more.") % said)
    field, house = cast("Field[Any, Any]", Order._meta.get_field(change.item)), company()
    said_then: Any = {change.item: field.to_python(wanted) if wanted or not field.null else None}
    entry = replace(particulars_of(order), **said_then)
    if found := tuple(faults_of(order, entry, repeat_reason="", house=house)):
        raise Refused(found)
    write_fields(order, entry, house)
    _renew(order)


def _renew(order: Order) -> None:
    """Whoever has a page of the order open learns that it has changed."""
    Order.objects.filter(pk=order.pk).update(version=F("version") + 1)


def _is_a_row(fact: Recorded) -> str:
    """Rows of a table and papers are not told apart by what a change says of them."""
    item = InformationChange.objects.values_list("item", flat=True).get(pk=fact.unit_id)
    if item in FIELDS:
        return ""
    return _("Change “%(item)s” again in the order's information; both stay in the record.") % {
        "item": item_label(item)
    }


def _changed_again(fact: Recorded, later: Facts) -> list[Recorded]:
    item = InformationChange.objects.filter(pk=fact.unit_id).values("item")
    others = {each.unit_id: each for each in later if each.name == CHANGED}
    same = InformationChange.objects.filter(pk__in=others, item__in=item).values_list("pk", flat=True)
    return [others[str(pk)] for pk in same]


def _name_earlier(fact: Recorded) -> None:
    """The team as it stands without this naming; where it never was named, everybody is only proposed again."""
    _name(fact, [each for each in _namings(fact) if each.id != fact.id])


def _name_again(fact: Recorded) -> None:
    _name(fact, [fact, *_namings(fact)])


def _namings(fact: Recorded) -> list[Recorded]:
    """What has been stated of the posts of the order: who they were given to, and who took over from whoever left."""
    return [each for name in (NAMED, HANDED_ON) for each in journal.all_of(fact.order_id, name)]


def _name(fact: Recorded, namings: Sequence[Recorded]) -> None:
    order, signed = _order(fact), journal.latest(fact.order_id, "order.signed")
    owner = signed.payload.get("sales_owner") if signed else None
    holders: dict[str, Any] = {SALES: owner}
    deputies: dict[str, Any] = {}
    for each in sorted(namings, key=lambda naming: naming.sequence):
        said = each.payload
        if each.name == NAMED:
            holders = {row["post"]: row["person"] for row in said["team"]}
            deputies = {row["post"]: row["person"] for row in said.get("deputies") or ()}
        elif said["post"] in holders:
            holders[said["post"]], deputies[said["post"]] = said["to_person"], said.get("deputy")
    _write_team(order, holders, deputies)


def _write_team(order: Order, holders: Mapping[str, Any], deputies: Mapping[str, Any]) -> None:
    if holders.get(SALES):
        Order.objects.filter(pk=order.pk).update(sales_owner=holders[SALES])
    order.team.exclude(post__in=holders).update(is_named=False)
    for post, person in holders.items():
        row = TeamMember.objects.filter(order=order, post=post)
        if person and (post != SALES or row.exists()):
            named = {"person_id": person, "deputy_id": deputies.get(post), "is_named": True}
            TeamMember.objects.update_or_create(order=order, post=post, defaults=named)
    _renew(order)


def _order(fact: Recorded) -> Order:
    return Order.objects.get(pk=fact.units["order"])


def _void_proof(fact: Recorded) -> None:
    """The proof of acceptance is marked void, like any paper that no longer counts."""
    _proof(fact).filter(voided_at=None).update(voided_at=now())


def _take_proof(fact: Recorded) -> None:
    _proof(fact).update(voided_at=None)


def _proof(fact: Recorded) -> Any:
    return _order(fact).papers.filter(kind=ACCEPTANCE, sha256=fact.payload["acceptance"])


def _ungrant(fact: Recorded) -> None:
    """The request that was granted by this fact is granted no longer."""
    _move(fact, "granted", "undone")


def _grant(fact: Recorded) -> None:
    _move(fact, "undone", "granted")


def _move(fact: Recorded, state: str, to: str) -> None:
    kind = HaltRequest.Kind.SUSPENSION if fact.name == "order.suspended" else HaltRequest.Kind.TERMINATION
    found = HaltRequest.objects.filter(order=fact.order_id, kind=kind, state=state, decided_at__isnull=False)
    known = [(abs(each.decided_at - fact.entered), each) for each in found if each.decided_at]
    if known:
        nearest = min(known, key=lambda pair: pair[0])[1]
        states.move(nearest, to)
        nearest.save()
