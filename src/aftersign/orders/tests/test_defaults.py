"""Proposed teams: whom the company proposes for the posts of an order, kind by kind."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import DefaultMember
from aftersign.orders.queries.people import preset
from aftersign.orders.tests.rig import Firm

PAGE = "/settings/teams/service/"
QUERIES = 20


def keeper(firm: Firm) -> Client:
    """The browser of an administrator."""
    person = firm.people["hejing"]
    person.is_administrator = True
    person.save()
    client = Client()
    client.force_login(person)
    return client


def test_a_team_is_proposed_for_a_kind_and_for_all(firm: Firm) -> None:
    client, stated = keeper(firm), Entry.objects.count()
    client.get("/settings/teams/")
    said = {"finance": "何静", "deputy-finance": "吴敏"}
    assert client.post(PAGE, said).status_code == 303
    member = DefaultMember.objects.get()
    assert (member.kind, member.post, member.person.name) == ("service", "finance", "何静")
    assert member.deputy is not None
    assert preset("service").keys() == {"finance"}
    assert "何静" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"finance": "何静", "everywhere": "on"}).status_code == 303
    assert DefaultMember.objects.filter(post="finance", deputy=None).count() > 1
    assert client.post(PAGE, {}).status_code == 303
    assert not preset("service"), "nobody is proposed any more"
    assert Entry.objects.count() == stated, "a setting is no fact"
    assert AuditEntry.objects.filter(event=Event.SETTINGS_CHANGED, subject="proposed team of service").count() == 3


def test_what_makes_no_sense_is_refused_and_changes_nothing(firm: Firm) -> None:
    client = keeper(firm)
    for said in ({"finance": "没有人"}, {"deputy-finance": "何静"}, {"finance": "何静", "deputy-finance": "何静"}):
        assert client.post(PAGE, said).status_code == 422
    assert client.get("/settings/teams/nothing/").status_code == 404
    assert not DefaultMember.objects.exists()


def test_only_administrators_and_a_constant_number_of_questions(firm: Firm, wumin: Client) -> None:
    assert wumin.get(PAGE).status_code == 403
    assert wumin.post(PAGE, {"finance": "何静"}).status_code == 403
    client = keeper(firm)
    client.post(PAGE, {"finance": "何静", "deputy-finance": "吴敏"})
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PAGE).status_code == 200
    assert len(asked) <= QUERIES
