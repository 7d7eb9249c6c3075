"""The pages of a table of running orders: sent, looked at, taken in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aftersign.desk.adopting import working
from aftersign.desk.adopting.forms import ColumnsForm, SendingForm, template
from aftersign.desk.adopting.found import Way, as_file
from aftersign.desk.adopting.keeping import keep, move, table_of, tables_of
from aftersign.desk.importing.maps import BadMap
from aftersign.desk.models import LOOKED, SENT, OrderTable
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part, toast
from aftersign.kernel.shell.sheets import Unreadable

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tables(request: HttpRequest) -> HttpResponse:
    """Send a table, and find those that were sent."""
    _adopters(request)
    form = SendingForm(request)
    if form.is_valid() and form.sheet:
        table = keep(form.actor, form.sheet, form.contents, form.chart_name)
        return done(request, _address(table))
    own = tables_of(_actor(request))[:SHOWN]
    return page_or_part(request, "desk/adopting/tables.html", form=form, ways=[Way(each) for each in own])


@require_safe
@login_required
def empty_table(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns."""
    _adopters(request)
    return _as_file(template(), "orders.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which column gives what and have the table looked at; then see what was found, or what became of it."""
    found = _own(request, pk)
    if found.state != SENT:
        return page_or_part(request, "desk/adopting/way.html", way=Way(found), table=found)
    form = ColumnsForm(request, found)
    if form.is_valid():
        working.look(found, form.actor, **form.said)
        return done(request, _address(found))
    return page_or_part(request, "desk/adopting/columns.html", form=form, table=found)


@require_POST
@login_required
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in what was looked at."""
    found = _own(request, pk)
    if found.state == LOOKED and Way(found).may_be_taken:
        working.take(found, _actor(request))
    elif found.state == LOOKED:
        toast(request, _("Nothing can come in as long as these rows are wrong."), refused=True)
    return done(request, _address(found))


@require_POST
@login_required
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back to the columns of a table that was looked at."""
    found = _own(request, pk)
    if found.state == LOOKED:
        move(found, SENT)
    return done(request, _address(found))


@require_safe
@login_required
def wrong_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that cannot come in, as a file with what is wrong."""
    found = _own(request, pk)
    try:
        return _as_file(as_file(found), "wrong-rows.csv")
    except (BadMap, Unreadable):
        raise Http404 from None


def _own(request: HttpRequest, pk: UUID) -> OrderTable:
    """A table of one's own; whoever may no longer adopt orders is told so."""
    found = table_of(_actor(request), pk)
    _adopters(request)
    return found


def _adopters(request: HttpRequest) -> None:
    if not allowed(_actor(request), "order.adopt", company()):
        raise PermissionDenied(_("Orders are registered by the sales department."))


def _as_file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _address(found: OrderTable) -> str:
    return reverse("order-table", args=[found.pk])


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]
