"""People of the sample company sign in where the database is marked as its own, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from aftersign.kernel.access import tokens
from aftersign.kernel.clock import now
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Mark
from aftersign.kernel.shell.tests.people import PASSWORD, company, person

pytestmark = pytest.mark.django_db
LOGIN, ME = "/accounts/login/", "/me/"
REFUSED = "这个账号属于示例公司，而这里不是示例公司的数据库。"


@pytest.fixture(autouse=True)
def _house() -> None:
    company()


def test_they_are_refused_with_a_sentence_where_nothing_is_marked(client: Client) -> None:
    person("吴敏", "wumin", is_sample=True)
    page = client.post(LOGIN, {"login": "wumin", "password": PASSWORD})
    assert (page.status_code, "_auth_user_id" in client.session) == (200, False)
    assert REFUSED in page.content.decode()
    wrong = client.post(LOGIN, {"login": "wumin", "password": "another sentence"})
    assert REFUSED not in wrong.content.decode()


def test_they_sign_in_where_the_database_is_marked_and_everybody_else_anywhere(client: Client) -> None:
    person("何静", "hejing")
    assert client.post(LOGIN, {"login": "hejing", "password": PASSWORD}).status_code == 302
    marks.put(marks.DEMO, now())
    person("吴敏", "wumin", is_sample=True)
    other = Client()
    assert other.post(LOGIN, {"login": "wumin", "password": PASSWORD}).status_code == 302
    assert other.get(ME).status_code == 200


def test_they_lose_every_door_with_the_mark(client: Client) -> None:
    marks.put(marks.DEMO, now())
    sample = person("吴敏", "wumin", is_sample=True)
    token, text = tokens.make(sample, name="ERP", scopes=(), expires_at=now() + timedelta(days=1))
    client.force_login(sample)
    assert (client.get(ME).status_code, tokens.held(text)) == (200, token)
    Mark.objects.all().delete()
    assert client.get(ME).status_code == 302
    assert tokens.held(text) is None
