"""The pages on which a suspension or termination is asked for, approved, rejected or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.journal.facts import Fact
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.orders import acts, facts
from aftersign.orders.forms.halting import (
    ApprovalForm,
    RejectionForm,
    SuspensionForm,
    TerminationForm,
    WithdrawalForm,
)
from aftersign.orders.intents import Intent
from aftersign.orders.models import HaltRequest, Order
from aftersign.orders.queries import halts
from aftersign.orders.views.doors import actor_of, forms, order_for

UNSAID = "—"


@dataclass(frozen=True)
class Way:
    """How one kind of request goes: its acts and form, and what is said once it has been approved."""

    kind: HaltRequest.Kind
    ask: Any
    approve: Any
    form: type[ActForm]
    approved: str | Promise

    @property
    def verb(self) -> str:
        """The act that is approved."""
        return f"order.{self.approve.__name__}"

    @property
    def wish(self) -> str:
        """The act that asks for it."""
        return f"order.{self.ask.__name__}"

    def fact(self, order: Order, asked: HaltRequest | None, by: Actor) -> Fact:
        """What would be stated."""
        reason = asked.reason if asked else UNSAID
        if self.kind == HaltRequest.Kind.SUSPENSION:
            return facts.Suspended(about=order, reason=reason, approver=by.id)
        settled = asked.settled_how if asked else UNSAID
        return facts.Terminated(about=order, reason=reason, settled_how=settled, approver=by.id)


SUSPENDING = Way(
    HaltRequest.Kind.SUSPENSION,
    acts.request_suspension,
    acts.suspend,
    SuspensionForm,
    gettext_lazy("The order is suspended; its deadlines stand still."),
)
TERMINATING = Way(
    HaltRequest.Kind.TERMINATION,
    acts.request_termination,
    acts.terminate,
    TerminationForm,
    gettext_lazy("The order is terminated."),
)


class Halting:
    """The page of one reader: what has been asked for, what they may do about it, and what would follow."""

    def __init__(self, request: HttpRequest, order: Order, way: Way) -> None:
        self.order, self.way, self.actor = order, way, actor_of(request)
        self.asked = halts.waiting(order, way.kind)
        self.asking = way.form(request, order)
        self.approving = ApprovalForm(request, order, self.asked)
        self.rejecting = RejectionForm(request, order, self.asked)
        self.withdrawing = WithdrawalForm(request, order, self.asked)

    @cached_property
    def sent(self) -> ActForm:
        """The form that was sent, else the one with which the reader begins."""
        ready = (self.asking, self.approving, self.rejecting, self.withdrawing)
        return next((form for form in ready if form.is_bound), self.asking)

    def outcome(self) -> str | Promise:
        """What has been done by what was sent; nothing when nothing was, or when it was refused."""
        return next((said for form, act, said in self._attempts() if form.does(act)), "")

    def _attempts(self) -> Iterator[tuple[ActForm, Callable[[], Order], str | Promise]]:
        order, way = self.order, self.way
        yield self.asking, lambda: way.ask(order, **self.asking.cleaned_data, by=self.asking.actor), self._who_next
        yield self.approving, lambda: way.approve(order, **self._meant(self.approving)), way.approved
        yield self.rejecting, self._reject, _("Rejected. Whoever asked sees why.")
        yield self.withdrawing, self._withdraw, _("Withdrawn.")

    def _reject(self) -> Order:
        reason = self.rejecting.cleaned_data["answer"]
        return acts.reject_request(self.order, reason=reason, **self._meant(self.rejecting))

    def _withdraw(self) -> Order:
        return acts.withdraw_request(self.order, **self._meant(self.withdrawing))

    def _meant(self, form: ActForm) -> dict[str, Any]:
        """The request that was on the page, and who acts."""
        blank = HaltRequest(order=self.order, kind=self.way.kind)
        found = self.order.halt_requests.filter(pk=form.cleaned_data["asked"]).first()
        return {"request": found or blank, "by": form.actor}

    @property
    def _who_next(self) -> str:
        return _("Asked for; it waits for %(names)s to approve.") % {"names": self.names}

    @property
    def names(self) -> str:
        """Who could approve, apart from whoever asks."""
        askers = self.asked.askers if self.asked else self.actor.hands
        found = [each.name for each in halts.approvers(self.order) if each.pk not in askers]
        return _(" or ").join(filter(None, (_(", ").join(found[:-1]), *found[-1:])))

    @property
    def is_mine(self) -> bool:
        """Whether the reader has asked for it."""
        return self.asked is not None and bool(self.actor.hands & self.asked.askers)

    @property
    def may_approve(self) -> bool:
        """Whether the reader approves what another has asked for."""
        return self.asked is not None and not self.is_mine and allowed(self.actor, self.way.verb, self.order)

    @property
    def may_ask(self) -> bool:
        """Whether the reader may ask for it."""
        return self.asked is None and allowed(self.actor, self.way.wish, self.order)

    @property
    def intent(self) -> Intent:
        """What would be done; the checks are asked once somebody else could approve."""
        given = {"request": self.asked} if self.may_approve else None
        return Intent(self.order, self.way.verb, self.way.fact(self.order, self.asked, self.actor), given)


@forms
@login_required
def suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that an order be suspended, and answer somebody who has asked."""
    return _halt(request, number, SUSPENDING)


@forms
@login_required
def terminate(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that an order be terminated, and answer somebody who has asked."""
    return _halt(request, number, TERMINATING)


def _halt(request: HttpRequest, number: str, way: Way) -> HttpResponse:
    order = order_for(request, number, way.wish, way.verb)
    halting = Halting(request, order, way)
    if said := halting.outcome():
        return done(request, order, said)
    return page_or_part(request, "orders/halt.html", halting=halting, form=halting.sent, order=order)
