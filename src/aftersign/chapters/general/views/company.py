"""The company itself, changed by administrators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.company import CompanyForm
from aftersign.chapters.general.views.doors import page
from aftersign.chapters.general.views.keepers import kept
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part


@page
def change(request: HttpRequest) -> HttpResponse:
    """Another name, language, time zone or currency."""
    kept(request, "general.change_company", company())
    form = CompanyForm(request, company())
    if form.does(lambda: acts.change_company(company(), **form.cleaned_data, by=form.actor)):
        return done(request, "general:company", _("The company is changed."))
    return page_or_part(request, "general/company.html", form=form)
