"""Acting on behalf of somebody: chosen for a session, asked again at every request, and off as soon as it is over."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from aftersign.kernel.notices import inbox
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.kernel.org.queries import running_deputyships
from aftersign.kernel.shell.dates import today

KEY, ENDED = "acting_for", "acting_for_ended"


def of(person: Person, day: date) -> list[Deputyship]:
    """Those for whom somebody may act on a day, with until when, by name."""
    found = running_deputyships(day).filter(deputy=person).select_related("person")
    return list(found.order_by("person__name", "until"))


def find(request: HttpRequest, person: Person | None) -> Deputyship | None:
    """Under which deputyship somebody acts in this session; one that runs no more is forgotten, and noted as ended."""
    wanted = request.session.get(KEY) if person else None
    if not wanted or person is None:
        return None
    found = running_deputyships(today()).filter(deputy=person, person=wanted).select_related("person")
    running = found.annotate(unread=inbox.unread_beside("person")).order_by("-until").first()
    request.acting_for = running  # type: ignore[attr-defined]
    if running is None:
        del request.session[KEY]
        request.session[ENDED] = Person.objects.filter(pk=wanted).values_list("name", flat=True).first() or ""
        return None
    running.person.unread_notices = running.unread
    return running


def begin(request: HttpRequest, person: Person, wanted: str) -> bool:
    """Act for somebody from the next request on; False when nobody of that id has named this person their deputy."""
    if not any(str(each.person_id) == wanted for each in of(person, today())):
        return False
    request.session[KEY] = wanted
    return True


def stop(request: HttpRequest) -> None:
    """Act in one's own name from the next request on."""
    request.session.pop(KEY, None)


def just_ended(request: HttpRequest) -> str:
    """For whom this session could act until this request, told once; nothing when that has not just ended."""
    return str(request.session.pop(ENDED, "")) if ENDED in request.session else ""
