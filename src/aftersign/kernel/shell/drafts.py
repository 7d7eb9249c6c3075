"""Drafts of forms: kept while people type, offered when they come back, gone once the act is done."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.models import Draft

MAX_CHARACTERS = 200_000
_HEX = re.compile(rb"[0-9a-f]{64}")
_NEVER = ("csrfmiddlewaretoken", "_key", "_version", "_for", "_add_row", "_drop_row")


def subject_of(unit: Model | None) -> str:
    """What a draft is about: the id of the unit, or nothing."""
    return str(unit.pk) if unit is not None else ""


def find(request: HttpRequest, form: str, unit: Model | None) -> Draft | None:
    """The draft that whoever asks has left of a form about a unit."""
    person = _person(request)
    return Draft.objects.filter(person=person, form=form, subject=subject_of(unit)).first() if person else None


def wanted(request: HttpRequest) -> bool:
    """Whether the page was asked to go on with the draft."""
    return request.GET.get("draft") == "continue"


def as_sent(draft: Draft) -> QueryDict:
    """A draft in the shape in which the form would have been sent."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def save(person: Person, form: str, subject: str, typed: Mapping[str, Any]) -> Draft:
    """Keep what has been typed, instead of what was kept before; passwords and keys are left out.

    Raises `ValueError` when it is more than a draft may hold.
    """
    lists = typed.lists() if isinstance(typed, MultiValueDict) else typed.items()
    data = {name: list(values) for name, values in lists if name not in _NEVER and "password" not in name}
    if sum(len(str(value)) for values in data.values() for value in values) > MAX_CHARACTERS:
        raise ValueError("a draft holds at most 200,000 characters")
    kept = {"data": data, "saved_at": now()}
    draft, _new = Draft.objects.update_or_create(person=person, form=form, subject=subject, defaults=kept)
    return draft


def discard(request: HttpRequest, form: str, unit: Model | None) -> None:
    """Forget the draft of whoever asks."""
    Draft.objects.filter(person=_person(request), form=form, subject=subject_of(unit)).delete()


def files_named() -> Iterator[str]:
    """The digests of the files that drafts name: in a token, which hides them from a search."""
    for data in Draft.objects.values_list("data", flat=True).iterator():
        for value in (str(each) for values in data.values() for each in values if ":" in str(each)):
            yield from (digest.decode() for digest in _HEX.findall(_opened(value.partition(":")[0])))


def _opened(token: str) -> bytes:
    """What a signed token says, whoever signed it; nothing where it is none."""
    try:
        return urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return b""


def _person(request: HttpRequest) -> Person | None:
    actor = getattr(request, "actor", None)
    return actor.person if actor else None
