"""States, marks and focus can be told in the colours of the system, which take backgrounds and shadows away."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize

from tests.access.stage import Stage
from tests.sight import forced
from tests.sight.sights import SIGHTS, shown
from tests.sight.window import NARROW, WIDE, Window

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db]
BY_NAME = {sight.name: sight for sight in SIGHTS}
PAGES = (
    "my-work",
    "orders:list",
    "orders:order",
    "compliance",
    "duty",
    "notices all",
    "handover:form",
    "orders:register refused",
    "general:calendar",
    "final:compare",
    "shell:samples",
)
SHOWN = [*((name, WIDE) for name in PAGES), ("my-work", NARROW), ("compliance", NARROW)]


@pytest.mark.parametrize(("name", "size"), SHOWN)
def test_nothing_is_told_by_paint_alone(stage: Stage, window: Window, name: str, size: ViewportSize) -> None:
    window.show(shown(BY_NAME[name], stage, "zh-hans"), size)
    problems = forced.problems(window.page)
    assert not problems, "\n".join([name, *problems])
