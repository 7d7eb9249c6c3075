"""Small marks of the interface as HTML: icon, state chip, clause, avatar, meter."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aftersign.kernel.shell import dates
from aftersign.kernel.shell.markup import escaped, markup
from aftersign.kernel.shell.seals import initials
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.units.addresses import address_of

AVATARS = 6
CLAUSE_URL = "clause"


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks for itself, without one it only accompanies words."""
    return _icon(name, str(label), settings.STATIC_URL, _storage(settings.STORAGES))


def _storage(storages: Any) -> str:
    return str(storages["staticfiles"]["BACKEND"])


@lru_cache(maxsize=500)
def _icon(name: str, label: str, url: str, storage: str) -> SafeString:
    """An icon, by where static files are and how they are stored: a page asks for it fifty times."""
    where = f"{static('shell/icons.svg')}#{name}"
    if label:
        return markup('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, where)
    return markup('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', where)


def chip(state: str, text: str = "", why: str = "") -> SafeString:
    """A state or mark as icon, word and colour; `text` replaces the word, `why` is added for whoever asks."""
    look = STATES[state]
    title = markup(' title="{}"', why) if why else ""
    heard = markup('<span class="sr"> {}</span>', why) if why else ""
    word = text or look.word
    return markup('<span class="chip {}"{}>{}{}{}</span>', look.tone, title, icon(look.icon), word, heard)


def clause(number: str) -> SafeString:
    """A clause number, a link when its page exists."""
    try:
        address = address_of(CLAUSE_URL, number)
    except NoReverseMatch:
        return markup('<span class="cl" title="{}">{}</span>', _("Clause of the policy"), number)
    return markup('<a class="cl" href="{}" title="{}">{}</a>', address, _("Clause of the policy"), number)


def clauses(numbers: Any) -> SafeString:
    """Several clause numbers, one after the other."""
    return format_html_join(" ", "{}", ((clause(each),) for each in numbers))


def avatar(person: Any, named: bool = False) -> SafeString:
    """A person's disc; the name stands beside it with `named`, else it is heard. `person` has a name or is one."""
    name = str(getattr(person, "name", person) or "")
    colour = sum(map(ord, name)) % AVATARS
    disc = markup('<span class="av a{}" aria-hidden="true">{}</span>', colour, initials(name))
    if named:
        return markup('<span class="row who">{}<span class="el">{}</span></span>', disc, name)
    return markup('<span title="{}">{}<span class="sr">{}</span></span>', name, disc, name)


def meter(value: float, total: float = 100, tone: str = "ok", label: str = "") -> SafeString:
    """A bar that shows how much of a total a value is; the label says it in words."""
    share = max(0.0, min(100.0, 100.0 * float(value) / float(total))) if total else 0.0
    return markup(
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="m-{}" width="{}" height="6"/></svg>',
        label or f"{share:.0f}%",
        tone,
        f"{share:.1f}",
    )


def time(value: date, text: str, tone: str = "") -> SafeString:
    """A text about a day or a moment that carries the exact one for machines and for whoever points at it."""
    at = timezone.localtime(value) if isinstance(value, datetime) else value
    return _time(at.isoformat(), dates.exact(at), tone, text)


def due(value: date) -> SafeString:
    """A due time in words and in its colour, with its exact value behind it."""
    said = dates.due(value)
    return _time(said.at, said.exact, f"due b {said.tone or 't2'}", said.words)


@lru_cache(maxsize=5000)
def _time(at: str, exact: str, tone: str, text: str) -> SafeString:
    kind = SafeString(f' class="{escaped(tone)}"' if tone else "")
    return markup('<time datetime="{}" title="{}"{}>{}</time>', at, exact, kind, text)
