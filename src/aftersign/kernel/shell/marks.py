"""Small marks of the interface as HTML: icon, state chip, clause, avatar, meter."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aftersign.kernel.shell import dates
from aftersign.kernel.shell.seals import initials
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.units.addresses import address_of

AVATARS = 6
CLAUSE_URL = "clause"


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks for itself, without one it only accompanies words."""
    where = f"{_sprite(settings.STATIC_URL, repr(settings.STORAGES))}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, where)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', where)


@lru_cache(maxsize=8)
def _sprite(url: str, storage: str) -> str:
    """Where the sprite is, by where static files are and how they are stored: a page asks for it fifty times."""
    return str(static("shell/icons.svg"))


def chip(state: str, text: str = "", why: str = "") -> SafeString:
    """A state or mark as icon, word and colour; `text` replaces the word, `why` is added for whoever asks."""
    look = STATES[state]
    title = format_html(' title="{}"', why) if why else ""
    heard = format_html('<span class="sr"> {}</span>', why) if why else ""
    word = text or look.word
    return format_html('<span class="chip {}"{}>{}{}{}</span>', look.tone, title, icon(look.icon), word, heard)


def clause(number: str) -> SafeString:
    """A clause number, a link when its page exists."""
    try:
        address = address_of(CLAUSE_URL, number)
    except NoReverseMatch:
        return format_html('<span class="cl" title="{}">{}</span>', _("Clause of the policy"), number)
    return format_html('<a class="cl" href="{}" title="{}">{}</a>', address, _("Clause of the policy"), number)


def clauses(numbers: Any) -> SafeString:
    """Several clause numbers, one after the other."""
    return format_html_join(" ", "{}", ((clause(each),) for each in numbers))


def avatar(person: Any, named: bool = False) -> SafeString:
    """A person's disc; the name stands beside it with `named`, else it is heard. `person` has a name or is one."""
    name = str(getattr(person, "name", person) or "")
    colour = sum(map(ord, name)) % AVATARS
    disc = format_html('<span class="av a{}" aria-hidden="true">{}</span>', colour, initials(name))
    if named:
        return format_html('<span class="row who">{}<span class="el">{}</span></span>', disc, name)
    return format_html('<span title="{}">{}<span class="sr">{}</span></span>', name, disc, name)


def meter(value: float, total: float = 100, tone: str = "ok", label: str = "") -> SafeString:
    """A bar that shows how much of a total a value is; the label says it in words."""
    share = max(0.0, min(100.0, 100.0 * float(value) / float(total))) if total else 0.0
    return format_html(
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="m-{}" width="{}" height="6"/></svg>',
        label or f"{share:.0f}%",
        tone,
        f"{share:.1f}",
    )


def time(value: date, text: str, tone: str = "") -> SafeString:
    """A text about a day or a moment that carries the exact one for machines and for whoever points at it."""
    at = timezone.localtime(value) if isinstance(value, datetime) else value
    kind = format_html(' class="{}"', tone) if tone else ""
    exact = dates.exact_day(at)
    return format_html('<time datetime="{}" title="{}"{}>{}</time>', at.isoformat(), exact, kind, text)
