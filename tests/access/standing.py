"""The stage as fixtures: set once a module; whatever a test does on it is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from aftersign.kernel.clock import frozen
from tests.access.stage import Stage, set_up
from tests.firm import at, founded


@pytest.fixture(scope="module")
def standing_stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The stage, within a transaction that ends with the module."""
    moment = at("2026-09-07 10:00")
    with django_db_blocker.unblock(), transaction.atomic():
        with founded(moment) as firm, frozen(moment):
            yield set_up(firm)
        transaction.set_rollback(True)


@pytest.fixture
def stage(standing_stage: Stage, db: None) -> Stage:
    """The stage as it was set."""
    return standing_stage
