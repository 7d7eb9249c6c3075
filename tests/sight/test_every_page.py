"""Every page in every state is sound: for axe, for whoever reads it in a way of their own, and for a slow line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from tests.access.stage import Stage
from tests.sight import axe, budgets, overlapping, reading
from tests.sight.sights import SIGHTS, Sight, shown
from tests.sight.window import NARROW, WIDE, Window

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db]


SHOWN = [
    *(pytest.param(each, "zh-hans", WIDE, id=f"{each}-wide") for each in SIGHTS),
    # A form that comes back has the layout that it had before.
    *(pytest.param(each, "en", NARROW, id=f"{each}-narrow") for each in SIGHTS if each.sent is None),
]


@pytest.mark.parametrize(("sight", "language", "size"), SHOWN)
def test_a_page_is_sound(
    stage: Stage,
    window: Window,
    sight: Sight,
    language: str,
    size: ViewportSize,
    record_property: Callable[[str, object], None],
) -> None:
    html = shown(sight, stage, language)
    window.show(html, size)
    figures = budgets.measured(window, html)
    record_property("figures", figures)
    problems = budgets.problems(window, html, figures) + window.complaints
    problems += axe.problems(window.page, in_both=size is WIDE) + reading.problems(window.page, size)
    problems += overlapping.problems(window.page)
    assert not problems, "\n".join([str(sight), *problems])
