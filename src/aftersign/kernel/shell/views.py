"""Pages of the shell itself: one's own page, preferences, and the keeping of drafts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import acting_for, drafts
from aftersign.kernel.shell.frame import DENSITIES, KEYS, THEMES, YEARS
from aftersign.kernel.shell.models import LONGEST_NAME, Draft
from aftersign.kernel.shell.responses import back, done, page_or_part
from aftersign.kernel.shell.suggesting import suggested

CHOICES = {
    "language": tuple(dict(settings.LANGUAGES)),
    "theme": THEMES,
    "density": DENSITIES,
    "keys": KEYS,
    "years": YEARS,
}
LANGUAGES = (("zh-hans", "zh-Hans", "简体中文"), ("zh-hant", "zh-Hant", "繁體中文"), ("en", "en", "English"))
TOO_LARGE = 413


@require_GET
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """One's own page: language, theme, density, keys, password, and the way out."""
    return page_or_part(request, "shell/me.html", languages=LANGUAGES)


@require_POST
@login_not_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Another language, theme or density, keys on or off: for a person for good, for a stranger in the session."""
    chosen = {name: request.POST[name] for name in CHOICES if request.POST.get(name) in CHOICES[name]}
    if isinstance(request.user, Person):
        Person.objects.filter(pk=request.user.pk).update(**chosen)
    else:
        request.session.update(chosen)
    return HttpResponseRedirect(back(request))


@require_POST
@login_required
def act_for(request: HttpRequest) -> HttpResponse:
    """Begin to act for somebody who has named one their deputy, or stop; there is no such page for anybody else."""
    person: Person = request.actor.person  # type: ignore[attr-defined]
    acting_for.stop(request)
    wanted = request.POST.get("for", "")
    if wanted and not acting_for.begin(request, person, wanted):
        raise Http404
    return done(request, back(request), "" if wanted else _("You act in your own name again."))


@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Whoever is meant by what is being typed into a field for a person, as a list for the browser to offer."""
    typed = str(next(iter(request.GET.values()), "")).strip()
    return page_or_part(request, "shell/parts/people.html", people=suggested(typed) if typed else ())


@require_POST
@login_required
def draft(request: HttpRequest, form: str, subject: str) -> HttpResponse:
    """Keep what has been typed into a form, or forget it; answers with the time of day at which it was kept."""
    if max(len(form), len(subject)) > LONGEST_NAME:
        raise Http404
    subject = "" if subject == "-" else subject
    person: Person = request.actor.person  # type: ignore[attr-defined]
    if "_discard" in request.POST:
        Draft.objects.filter(person=person, form=form, subject=subject).delete()
        return HttpResponseRedirect(back(request))
    try:
        kept = drafts.save(person, form, subject, request.POST)
    except ValueError:
        return HttpResponse(status=TOO_LARGE)
    return JsonResponse({"saved": timezone.localtime(kept.saved_at).strftime("%H:%M")})
