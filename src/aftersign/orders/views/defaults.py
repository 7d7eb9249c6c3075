"""The page on which administrators say whom the company proposes for the posts of an order."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.capabilities import administrator
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.kernel.units import words
from aftersign.orders.defaults import propose
from aftersign.orders.forms.defaults import DefaultsForm
from aftersign.orders.views.doors import actor_of, forms


@forms
@login_required
def defaults(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Whom the company proposes, for one kind of orders at a time; the first unless said."""
    if not administrator.test(actor_of(request).standing, None):
        raise PermissionDenied(_("Administrators say who is proposed."))
    kinds = words.members("order_kinds")
    kind = kind or next(iter(kinds), "")
    if kinds and kind not in kinds:
        raise Http404
    form = DefaultsForm(request, kind)
    if form.is_valid():
        propose(form.kinds, form.members, by=form.actor)
        return done(request, reverse("orders:defaults_of", args=[kind]), _("Kept"))
    language = get_language() or "zh-hans"
    labels = [(each, words.label("word", each, language)) for each in kinds]
    return page_or_part(request, "orders/defaults.html", form=form, kind=kind, kinds=labels)
