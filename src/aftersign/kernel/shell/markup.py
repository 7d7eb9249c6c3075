"""HTML put together from values at once, for what stands on a page hundreds of times."""

from __future__ import annotations

import html
import re
from typing import Any

from django.utils.safestring import SafeString

_MEANS_SOMETHING = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """A value as text that may stand in HTML: what is safe stays as it is, everything else is escaped."""
    # As `conditional_escape`, which looks at each value for whether it is lazy: half of the time of a list went there.
    if hasattr(value, "__html__"):
        made: str = value.__html__()
        return made
    text = str(value)
    return html.escape(text) if _MEANS_SOMETHING(text) else text


def markup(pattern: str, *values: Any) -> SafeString:
    """A pattern with values in its places, each escaped: as `format_html`, but several times as fast."""
    return SafeString(pattern.format(*map(escaped, values)))  # every value has been escaped
