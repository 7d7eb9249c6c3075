"""The stage of the access table, and one window that shows all of its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.access.standing import stage, standing_stage
from tests.sight.window import Window

__all__ = ["stage", "standing_stage", "window"]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Window]:
    """A window that stays open for the module."""
    opened = Window(browser)
    yield opened
    opened.context.close()
