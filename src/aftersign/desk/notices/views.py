"""The inbox, where its links lead, wishes, and how the mails stand."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aftersign.desk.notices.forms import WishesForm, chosen_ids
from aftersign.desk.notices.listing import Inbox
from aftersign.desk.notices.offers import keeps
from aftersign.desk.notices.rows import rows_of
from aftersign.desk.notices.standing import standing_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.notices import inbox, outbox
from aftersign.kernel.notices.models import Notice
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import acting_for
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.responses import back, done, page_or_part, toast
from aftersign.kernel.shell.views import LANGUAGES


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponseBase:
    """What one was told, a row an object; the one that is open stands beside the list and counts as read."""
    return Inbox(request).response("desk/notices/inbox.html")


@require_POST
@login_required
def mark(request: HttpRequest) -> HttpResponse:
    """Mark the chosen rows, or all, as read or unread."""
    rows, do = inbox.of_person(_actor(request).principal), request.POST.get("do", "")
    if do != "all":
        rows = rows.filter(pk__in=chosen_ids(request))
    number = inbox.keep_unread(rows) if do == "unread" else inbox.read(rows)
    said = ngettext("%(number)s marked as unread", "%(number)s marked as unread", number)
    if do != "unread":
        said = ngettext("%(number)s marked as read", "%(number)s marked as read", number)
    return done(request, back(request), said % {"number": number})


@require_safe
@login_required
def follow(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Where the link of a mail leads: to the page where something is to be done; nothing is done by coming here."""
    actor, found = _actor(request), _notice(request, pk)
    inbox.followed(found, _mail(request))
    principal = actor.principal
    if principal is None or found.person_id != principal.pk:
        return page_or_part(request, "desk/notices/acting.html", notice=found)
    if actor.on_behalf_of is None:
        inbox.read(inbox.of_person(principal).filter(pk=found.pk))
    return redirect(rows_of(principal, [found])[0].leads or "notices")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wishes(request: HttpRequest) -> HttpResponse:
    """How one wants to be told, by reason."""
    form = WishesForm(request)
    if form.keep():
        return done(request, "notice-wishes", _("Kept"))
    return page_or_part(request, "desk/notices/wishes.html", form=form, sends=outbox.is_on(), languages=LANGUAGES)


@require_safe
@login_required
def standing(request: HttpRequest) -> HttpResponse:
    """How the mails stand: what waits, since when the server is away, what could not be delivered."""
    _keepers(request)
    return page_or_part(request, "desk/notices/standing.html", standing=standing_of())


@require_POST
@login_required
def trial(request: HttpRequest) -> HttpResponse:
    """Send a mail to oneself, to see whether mails arrive."""
    person = _keepers(request)
    if not outbox.is_on() or not person.email:
        toast(request, _("No mail can go out: no server is set, or you have no address."), refused=True)
        return done(request, "notice-standing")
    outbox.make_trial(person)
    return done(request, "notice-standing", _("A mail to %(address)s is on its way") % {"address": person.email})


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _keepers(request: HttpRequest) -> Person:
    actor = _actor(request)
    if not keeps(actor) or actor.principal is None:
        raise PermissionDenied(_("Administrators look after the mails."))
    return actor.principal


def _notice(request: HttpRequest, pk: UUID) -> Notice:
    """A notice of one's own, or of somebody for whom one may act today; raises `Http404` otherwise."""
    person = _actor(request).person
    if person is None:
        raise Http404
    mine = {person.pk, *(each.person_id for each in acting_for.of(person, today()))}
    return load(Notice.objects.select_related("person").filter(person__in=mine), pk=pk)


def _mail(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("mail", ""))
    except ValueError:
        return None
