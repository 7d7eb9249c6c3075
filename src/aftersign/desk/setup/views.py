"""The guide for the first day, putting it away, and the removal of the sample company."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aftersign.desk.setup.forms import ADMINISTRATOR, RemovalForm
from aftersign.desk.setup.offers import keeps
from aftersign.desk.setup.removal import remove
from aftersign.desk.setup.steps import guide
from aftersign.desk.setup.stock import stock
from aftersign.kernel.access import audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.clock import now
from aftersign.kernel.org import marks
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part


@require_safe
@login_required
def first_day(request: HttpRequest) -> HttpResponse:
    """What a new company needs, what of it is done, and where the rest is done."""
    _only_administrators(request)
    return page_or_part(request, "desk/setup/guide.html", guide=guide(), is_over=marks.of(marks.GUIDED) is not None)


@require_POST
@login_required
def put_away(request: HttpRequest) -> HttpResponse:
    """Show the guide no more in the menu and on my work; it stays among the settings."""
    _only_administrators(request)
    marks.put(marks.GUIDED, now())
    audit.note(Event.SETTINGS_CHANGED, by=request.actor, subject="guide put away")  # type: ignore[attr-defined]
    return done(request, "my-work", _("The guide is put away; it stays among the settings."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sample(request: HttpRequest) -> HttpResponse:
    """The sample company in numbers; sent with its name and a password, an empty company stands in its place."""
    _only_administrators(request)
    found = stock()
    if found is None:
        raise Http404(_("This is not the sample company; nothing here is removed."))
    form = RemovalForm(request, company(), found)
    if form.does(lambda: remove(with_others=form.cleaned_data["with_others"], password=form.cleaned_data["password"])):
        return _begin_anew(request)
    return page_or_part(request, "desk/setup/sample.html", form=form, stock=found, company=company())


def _begin_anew(request: HttpRequest) -> HttpResponse:
    """Whoever was signed in is nobody in the new company, and signs in as its administrator."""
    request.session.flush()
    request.user = AnonymousUser()
    sentence = _("The sample company is removed. Sign in as %(account)s with the new password.")
    return done(request, "account_login", sentence % {"account": ADMINISTRATOR})


def _only_administrators(request: HttpRequest) -> None:
    if not keeps(request.actor):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Administrators set up the company."))
