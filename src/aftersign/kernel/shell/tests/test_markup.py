"""HTML put together at once: it escapes what Django's own escapes, and leaves what is safe."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from aftersign.kernel.shell.markup import escaped, markup
from aftersign.kernel.shell.table import ticks

VALUES = ["", "客户", "a & b", "<b>", '"it\'s"', mark_safe("<b>"), 7, None, gettext_lazy("Orders"), {"<": 1}]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_escaped_as_django_escapes_it(value: Any) -> None:
    assert escaped(value) == conditional_escape(value)
    made = markup("<i>{}</i>{}", value, value)
    assert made == format_html("<i>{}</i>{}", value, value)
    assert escaped(made) == made


def test_boxes_are_ticked_where_they_are_chosen_and_escape_what_people_wrote() -> None:
    made = ticks("owner", [("a", '张"三', True), ("<b>", "李四", False)])
    assert made.count("<label") == made.count("<input") == 2
    assert 'value="a" checked>张&quot;三</label>' in made
    assert 'value="&lt;b&gt;">李四</label>' in made
