"""Several duties at once: each is done for itself, what is refused says why, and nothing else is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest

from aftersign.desk.tests.desks import browser, multiply, newcomer, person, read
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.journal.models import Entry
from aftersign.policy.models import Duty
from tests.firm import Firm

TAKE = "/duties/batch/"


@pytest.fixture
def copies(firm: Firm) -> list[Duty]:
    """Three copies for the project department to sign for, none of them taken."""
    for title in ("检测平台", "产线升级", "冷链温控"):
        firm.send(firm.register(title))
    return list(Duty.objects.filter(term="2.1.3.b", owner_department__code="project").order_by("order__number"))


def sent(duties: list[Duty], **more: str) -> dict[str, object]:
    """What the form of a list sends."""
    said: dict[str, object] = {"do": "take", "next": "/?tab=department", "_key": str(uuid4()), "_form": ""}
    return said | {"chosen": [str(each.pk) for each in duties]} | more


def taken() -> int:
    return Entry.objects.filter(fact="general.duty_taken").count()


def test_three_are_taken_each_with_its_own_fact(copies: list[Duty]) -> None:
    client = browser("dengkai")
    answer = client.post(TAKE, sent(copies), follow=True)
    assert answer.redirect_chain == [("/?tab=department", 303)]
    assert "认领义务：已办理 3 项" in answer.content.decode()
    assert taken() == 3
    assert set(Duty.objects.filter(pk__in=[each.pk for each in copies]).values_list("owner__account", flat=True)) == {
        "dengkai"
    }
    assert read(client, "/?tab=mine").count("签收交接单") >= 3


def test_what_another_has_taken_is_listed_with_the_sentence_and_the_rest_is_done(copies: list[Duty]) -> None:
    browser("linxiaolan").post(f"/duties/{copies[1].pk}/take/")
    answer = browser("dengkai").post(TAKE, sent(copies))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 项未能办理" in page
    assert "认领义务：已办理 2 项" in page
    assert "林晓岚" in page
    assert "产线升级" in page
    assert "检测平台" not in page
    assert taken() == 3
    owners = dict(
        Duty.objects.filter(term="2.1.3.b", owner__isnull=False).values_list("order__title", "owner__account")
    )
    assert owners == {"检测平台": "dengkai", "产线升级": "linxiaolan", "冷链温控": "dengkai"}


def test_a_form_sent_twice_states_nothing_twice(copies: list[Duty]) -> None:
    client, said = browser("dengkai"), sent(copies)
    client.post(TAKE, said)
    again = client.post(TAKE, said, follow=True)
    assert again.redirect_chain == [("/?tab=department", 303)]
    assert taken() == 3


def test_nobody_takes_what_is_not_of_their_department(copies: list[Duty]) -> None:
    before = Entry.objects.count()
    answer = browser("hejing").post(TAKE, sent(copies))
    assert answer.status_code == 422
    assert "3 项未能办理" in answer.content.decode()
    assert Entry.objects.count() == before
    assert not Duty.objects.filter(term="2.1.3.b", owner__isnull=False).exists()
    assert RefusedAct.objects.filter(act="general.take_duty").count() == 3


def test_what_may_not_be_seen_is_not_there(copies: list[Duty]) -> None:
    before = Entry.objects.count()
    answer = newcomer().post(TAKE, sent(copies), follow=True)
    assert "请先选择义务" in answer.content.decode()
    assert "检测平台" not in answer.content.decode()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "said",
    [{}, {"do": "take"}, {"do": "nothing", "chosen": [str(uuid4())]}, {"do": "take", "chosen": ["abc", str(uuid4())]}],
)
def test_nonsense_leads_back_with_a_word(copies: list[Duty], said: dict[str, object]) -> None:
    before = Entry.objects.count()
    answer = browser("dengkai").post(TAKE, said, follow=True)
    assert answer.status_code == 200
    assert "请先选择义务" in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_way_back_leads_into_the_house_only(copies: list[Duty]) -> None:
    browser("linxiaolan").post(f"/duties/{copies[0].pk}/take/")
    answer = browser("dengkai").post(TAKE, sent(copies[:1], next="javascript:alert(1)"))
    assert "javascript" not in answer.content.decode()
    assert browser("dengkai").post(TAKE, sent(copies[1:], next="//elsewhere.example/")).headers["Location"] == "/"


def test_more_than_a_hundred_do_not_go_at_once(copies: list[Duty]) -> None:
    multiply(copies[0], 100)
    many = list(Duty.objects.filter(term="2.1.3.b", owner=None, owner_department__code="project"))
    before = Entry.objects.count()
    answer = browser("dengkai").post(TAKE, sent(many))
    assert answer.status_code == 422
    assert "一次最多办理 100 项，现已选 103 项" in answer.content.decode()
    assert Entry.objects.count() == before


def test_it_is_asked_for_with_a_form(copies: list[Duty]) -> None:
    assert browser("dengkai").get(TAKE).status_code == 405


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "未能办理"), ("zh-hant", "未能辦理"), ("en", "was refused")]
)
def test_three_languages(copies: list[Duty], language: str, said: str) -> None:
    reader = person("dengkai")
    reader.language = language
    reader.save()
    browser("linxiaolan").post(f"/duties/{copies[0].pk}/take/")
    assert said in browser("dengkai").post(TAKE, sent(copies[:1])).content.decode()
