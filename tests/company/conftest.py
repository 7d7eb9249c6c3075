"""The administrator of the sample company, at their desk and in their browser."""

import pytest
from django.test import Client

from aftersign.kernel.access.actor import Actor
from tests.company.leavers import administrator
from tests.firm import Firm


@pytest.fixture
def admin(firm: Firm) -> Actor:
    """The administrator at their desk."""
    return administrator()


@pytest.fixture
def keeper(admin: Actor, client: Client) -> Client:
    """The administrator's browser."""
    assert admin.person is not None
    client.force_login(admin.person)
    return client
