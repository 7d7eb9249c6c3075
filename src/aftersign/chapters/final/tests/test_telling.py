"""Everybody is told of an edition and confirms it; whoever may not, and whatever cannot be, is refused in words."""

from __future__ import annotations

from datetime import date

import pytest

from aftersign.chapters.final import acts
from aftersign.chapters.final.queries import telling
from aftersign.chapters.final.tests.test_pages import form_of, sentences
from aftersign.chapters.final.tests.test_revising import drafted
from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, person, read
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import people
from aftersign.policy.models import Duty, Edition
from aftersign.policy.steps import run_due
from tests.firm import Firm

TELL, CONFIRM, EDITION = "/settings/editions/2/tell/", "/policy/confirm/", "/settings/editions/2/"


@pytest.fixture
def edition(firm: Firm) -> Edition:
    """The edition in force, of which nobody has been told; the worker has seen who looks after it."""
    run_due()
    return Edition.objects.get()


def tell(edition: Edition) -> None:
    acts.tell_staff(edition, channel="全员会议", by=actor("guting"))


def owed(account: str) -> set[tuple[str, str]]:
    """Terms and states of what somebody owes under clause 11.2.1."""
    return set(Duty.objects.filter(owner__account=account, clause="11.2.1").values_list("term", "state"))


def refusal(edition: Edition, account: str, version: str = "2") -> str:
    """Why somebody cannot confirm, in words; nothing has been stated."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts.acknowledge(person(account), version=version, by=actor(account))
    assert Entry.objects.count() == before
    return refused.value.refusals[0].sentence


def test_from_the_page_of_the_policy_owner_to_everybodys_work(firm: Firm, edition: Edition) -> None:
    """Page, act, fact, duty, the next person's page, and its act again."""
    assert owed("guting") == {("11.2.1.a", "breached")}, "nobody held the post in time"
    client = browser("guting")
    assert "告知全体员工" in read(client, "/")
    page = read(client, TELL)
    assert f"在职人员中尚有 {len(people())} 人未告知" in page
    answer = client.post(TELL, form_of(client, TELL))
    assert (answer.status_code, answer["Location"]) == (303, EDITION)
    assert owed("guting") == {("11.2.1.a", "done_late"), ("11.2.1.b", "open")}
    assert owed("wumin") == {("11.2.1.b", "open")}
    seller = browser("wumin")
    assert "确认知悉制度" in read(seller, "/")
    answer = seller.post(CONFIRM, form_of(seller, CONFIRM) | {"read": "on"})
    assert (answer.status_code, answer["Location"]) == (303, EDITION)
    assert owed("wumin") == {("11.2.1.b", "done")}
    assert "告知过您的版本都已确认知悉" in read(seller, CONFIRM)
    assert telling.known(edition).read == 1


def test_how_far_an_edition_is_known_stands_on_its_page(firm: Firm, edition: Edition) -> None:
    tell(edition)
    acts.acknowledge(person("wumin"), version="2", by=actor("wumin"))
    page = read(browser("guting"), EDITION)
    assert f"已告知 {len(people())} 人 已确认 1 人" in page
    assert "尚未确认" in page
    assert "尚未确认" not in read(browser("wumin"), EDITION), "names only for who looks after it"


def test_whoever_comes_later_is_told_by_doing_it_again(firm: Firm, edition: Edition) -> None:
    tell(edition)
    with pytest.raises(Refused, match="在职人员均已被告知版本 2"):
        tell(edition)
    known = len(people())
    late = person("wumin")
    Person.objects.filter(pk=late.pk).update(left_on=date(2026, 9, 6))
    assert telling.known(edition).told == known - 1, "who has left is not counted"
    newcomer = Person.objects.create(account="xinren", name="新人", department=late.department)
    tell(edition)
    told = journal.all_of(None, "policy.staff_told")
    assert [len(each.payload["recipients"]) for each in told] == [known, 1]
    assert telling.unread(newcomer) == ["2"]


def test_only_what_was_told_is_confirmed_and_once_and_by_oneself(firm: Firm, edition: Edition) -> None:
    assert refusal(edition, "wumin") == "版本 2 没有待您确认的内容。"
    tell(edition)
    assert refusal(edition, "wumin", "9") == "版本 9 没有待您确认的内容。"
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        acts.acknowledge(person("wumin"), version="2", by=actor("linxiaolan"))
    stand_in = Actor("person", person=person("linxiaolan"), on_behalf_of=person("wumin"))
    with pytest.raises(Refused, match="不能由他人代办"):
        acts.acknowledge(person("wumin"), version="2", by=stand_in)
    assert Entry.objects.count() == before
    acts.acknowledge(person("wumin"), version="2", by=actor("wumin"))
    assert refusal(edition, "wumin") == "版本 2 没有待您确认的内容。"


def test_nobody_is_told_of_a_draft_or_without_a_word_on_how(firm: Firm, edition: Edition) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match="填写告知方式"):
        acts.tell_staff(edition, channel=" ", by=actor("guting"))
    with pytest.raises(Forbidden):
        acts.tell_staff(edition, channel="全员会议", by=actor("wumin"))
    assert Entry.objects.count() == before
    draft, before = drafted(), Entry.objects.count()
    with pytest.raises(Refused, match="版本发布之后"):
        acts.tell_staff(draft, channel="全员会议", by=actor("guting"))
    assert Entry.objects.count() == before


def test_pages_refuse_in_words_and_by_right(firm: Firm, edition: Edition) -> None:
    client = browser("guting")
    answer = client.post(TELL, form_of(client, TELL) | {"channel": ""})
    assert (answer.status_code, sentences(answer)) == (422, ["填写告知方式"])
    assert browser("wumin").get(TELL).status_code == 403
    assert client.get("/settings/editions/9/tell/").status_code == 404
    tell(edition)
    assert "在职人员均已被告知版本 2" in read(client, TELL)
    seller = browser("wumin")
    answer = seller.post(CONFIRM, form_of(seller, CONFIRM))
    assert (answer.status_code, len(sentences(answer))) == (422, 1)
    assert owed("wumin") == {("11.2.1.b", "open")}


@pytest.mark.parametrize(("address", "most"), [(TELL, 12), (CONFIRM, 12), (EDITION, 17)])
def test_ten_thousand_people_with_long_names_cost_no_more_queries(
    firm: Firm, edition: Edition, address: str, most: int
) -> None:
    tell(edition)
    client = browser("guting")
    queries, _size = cost(client, address)
    at = person("wumin").department
    Person.objects.bulk_create(Person(account=f"p{n}", name=LONG, department=at) for n in range(10_000))
    lengthen_names()
    many, size = cost(client, address)
    assert queries <= most
    assert many <= most
    assert size <= MOST_BYTES


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "告知谁"), ("zh-hant", "告知誰"), ("en", "Who is told")])
def test_three_languages(firm: Firm, edition: Edition, language: str, said: str) -> None:
    reader = person("guting")
    reader.language = language
    reader.save()
    assert said in read(browser("guting"), TELL)
