"""The small red seal of a signature, drawn from the signer's name with presentation attributes only."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_HAN = re.compile(r"[㐀-鿿豈-﫿]+")
_BETWEEN = re.compile(r"[·•‧・\s]+")
# How large the characters are, by how many stand beside each other, and how far apart the lines.
_SIZES = {1: 18, 2: 13, 3: 10.5}
_LEADING = {1: 0, 2: 14.5, 3: 11.5}


def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a seal, of up to nine characters in a square: a Chinese name, filled up with the words for seal.

    A long name from which the square has no room for the end is cut; any other name is there with its initials.
    """
    bare = _BETWEEN.sub("", name)
    if not _HAN.fullmatch(bare):
        return (initials(name),)
    text = {1: f"{bare}之印", 2: f"{bare}之印", 3: f"{bare}印"}.get(len(bare), bare[:9])
    rows = 2 if len(text) <= 6 else 3
    wide = -(-len(text) // rows)
    return tuple(text[at : at + wide] for at in range(0, len(text), wide))


def initials(name: str) -> str:
    """What stands in an avatar: the first character of a Chinese name, else up to two initials."""
    if not name.strip():
        return "?"
    if _HAN.match(name):
        return name[0]
    return "".join(word[0] for word in name.split()[:2]).upper()


def seal(name: str, state: str = "signed") -> SafeString:
    """The seal as SVG; `state` is signed, old (for a version that no longer holds) or waiting."""
    if state == "waiting":
        return format_html('<span class="seal no">{}</span>', _("to sign"))
    lines = lines_of(name)
    size, leading = _SIZES[min(max(map(len, lines)), 3)], _LEADING[len(lines)]
    if len(lines) == 1:
        size = _SIZES[1] - 3 * (len(lines[0]) - 1)
    start = 20 - (len(lines) - 1) * leading / 2 + size * 0.36
    text = format_html_join(
        "",
        '<text x="20" y="{}" font-size="{}">{}</text>',
        ((f"{start + leading * row:.1f}", size, line) for row, line in enumerate(lines)),
    )
    return format_html(
        '<svg class="seal{}" viewBox="0 0 40 40" role="img" aria-label="{}">'
        '<g transform="rotate(-3 20 20)">'
        '<rect x="2" y="2" width="36" height="36" rx="5" fill="none" stroke="currentColor" stroke-width="2"{}/>'
        '<g fill="currentColor" font-weight="600" text-anchor="middle">{}</g></g></svg>',
        " old" if state == "old" else "",
        _("Seal of %(name)s") % {"name": name},
        SafeString(' stroke-dasharray="3 2"') if state == "old" else "",
        text,
    )
