"""Words of people: how they stand, and what a clause is called."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from aftersign.chapters.general.queries.people import PersonPage, states_of
from aftersign.kernel.units import words

register = template.Library()


@register.simple_tag
def person_states(page: PersonPage) -> SafeString:
    """How somebody stands, as chips, and who acts for them today."""
    deputy = page.acting[0].deputy.name if page.acting else ""
    chips = format_html_join(" ", '<span class="chip {}">{}</span>', states_of(page.person, deputy))
    return format_html("{}", chips)


@register.simple_tag
def clause_label(number: str) -> str:
    """The title of a clause in the edition in force."""
    return words.label("clause", number, get_language() or "zh-hans")
