"""The signing page of a department: read, tick, sign or return; and recalling a copy."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersign.chapters.handover import acts, queries, states
from aftersign.chapters.handover.forms import AcceptForm, AskForm, ReasonForm, ReturnForm
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.queries.read import put_aside, read_copy
from aftersign.chapters.handover.views.doors import actor_of, address, given_order, page
from aftersign.chapters.handover.views.reader import Reader
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part


@page
def copy(request: HttpRequest, number: str, department: str) -> HttpResponse:
    """A department's copy: what has changed, the sealed text, what to tick, and the signature."""
    held = queries.copy_of(actor_of(request), number, department)
    reader = _reader(request, held)
    accepting = AcceptForm(request, held, points=reader.points, changes=len(reader.found))
    if accepting.is_put_aside:
        return _put_aside(request, held, reader, accepting)
    if accepting.does(lambda: acts.sign_for_copy(held, **accepting.said, by=accepting.actor)):
        return done(
            request, address(held.order), _("Signed for %(department)s.") % {"department": held.department.name}
        )
    return _page(request, held, reader, accepting=accepting)


@page
def return_copy(request: HttpRequest, number: str, department: str) -> HttpResponse:
    """Return a copy, thing by thing, each with its reason."""
    held = queries.copy_of(actor_of(request), number, department)
    returning = ReturnForm(request, held)
    if returning.does(lambda: acts.return_copy(held, **returning.said, by=returning.actor)):
        return done(request, address(held.order), _("Returned. The deadline stops until the form comes back."))
    return _page(request, held, _reader(request, held), returning=returning)


@page
def ask(request: HttpRequest, number: str, department: str) -> HttpResponse:
    """Ask something about the handover."""
    held = queries.copy_of(actor_of(request), number, department)
    asking = AskForm(request, held)
    if asking.does(lambda: acts.ask(held, text=asking.cleaned_data["text"], by=asking.actor)):
        return done(request, _own(held) + "#questions", _("Asked. The sales owner answers here."))
    return _page(request, held, _reader(request, held), asking=asking)


@page
def recall(request: HttpRequest, number: str, department: str) -> HttpResponse:
    """Take back a copy that went to the wrong department."""
    given_order(request, number)
    held = queries.copy_of(actor_of(request), number, department)
    recalling = ReasonForm(request, held)
    if recalling.does(lambda: acts.recall_copy(held, reason=recalling.cleaned_data["reason"], by=recalling.actor)):
        return done(request, address(held.order), _("Recalled from %(name)s.") % {"name": held.department.name})
    return page_or_part(request, "handover/recall.html", order=held.order, copy=held, form=recalling)


def _put_aside(request: HttpRequest, held: HandoverCopy, reader: Reader, accepting: AcceptForm) -> HttpResponse:
    """Keep that the copy was read, and go on to where it is signed for together with others."""
    if not _waits(request, held):
        raise PermissionDenied(_("Only the department of this copy, or its head, signs for it."))
    if refusals := queries.refused_by_stage(held.order, queries.SIGNING, by=accepting.actor):
        accepting.refuse(Refused(refusals))
    if not accepting.is_valid():
        return _page(request, held, reader, accepting=accepting)
    put_aside(actor_of(request), held, request.POST)
    return done(request, "handover:together", _("Read. Sign for it here, together with others."))


def _waits(request: HttpRequest, held: HandoverCopy) -> bool:
    """Whether the copy waits for the signature of whoever asks."""
    return held.state in states.WAITING and allowed(actor_of(request), "handover.accept_copy", held)


def _reader(request: HttpRequest, held: HandoverCopy) -> Reader:
    """The copy before its reader, compared with what its department answered to last, or with what a page had shown."""
    seen = queries.version_seen(held, request.POST.get("check_value", ""))
    return Reader(actor_of(request), queries.standing(held.order), held.form, seen or held.since)


def _page(request: HttpRequest, held: HandoverCopy, reader: Reader, **sent: ActForm) -> HttpResponse:
    """The page with the forms that are the reader's, and the one that was sent with what stood in its way."""
    actor = actor_of(request)
    ready = _answering(request, held, reader) if _waits(request, held) else {}
    if allowed(actor, "handover.ask", held) and not queries.refused_by_stage(held.order, queries.ASKING, by=actor):
        ready["asking"] = AskForm(request, held)
    for name, form in sent.items():
        if form.is_bound or form.stale:
            ready |= {name: form, "form": form}  # what was sent tells the frame whether the page is one of errors
    return page_or_part(request, "handover/copy.html", order=held.order, copy=held, reader=reader, **ready)


def _answering(request: HttpRequest, held: HandoverCopy, reader: Reader) -> dict[str, Any]:
    """What a copy that waits is answered with, or why its order accepts no answer any more."""
    actor = actor_of(request)
    if refusals := queries.refused_by_stage(held.order, queries.SIGNING, by=actor):
        return {"refusals": refusals}
    return {
        "accepting": AcceptForm(request, held, points=reader.points, changes=len(reader.found)),
        "returning": ReturnForm(request, held),
        "read": read_copy(actor, held),
    }


def _own(held: HandoverCopy) -> str:
    return reverse("handover:copy", args=[held.order.number, held.key])
