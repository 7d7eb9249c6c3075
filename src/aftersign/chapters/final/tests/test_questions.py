"""The ten questions: some values of an edition become a draft, all others stay as they are."""

from __future__ import annotations

from aftersign.chapters.final.forms.questions import QUESTIONS
from aftersign.chapters.final.tests.test_pages import form_of, sentences
from aftersign.desk.tests.desks import browser, person, read
from aftersign.kernel.org.models import Post
from aftersign.kernel.org.queries import holder_of
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import DEFAULT, load
from tests.firm import Firm

ADDRESS = "/settings/editions/2/questions/"
FIELD = "p-handover_sign_days"


def owner() -> str:
    """The account of whoever drafts editions."""
    found = holder_of("policy_owner")
    assert found is not None
    return found.account


def test_every_question_asks_for_a_parameter_of_the_default_edition() -> None:
    assert set(QUESTIONS) <= load(DEFAULT).params.keys()
    assert len(QUESTIONS) == 10


def test_an_answer_becomes_a_draft_with_one_value_changed(firm: Firm) -> None:
    client = browser(owner())
    page = read(client, ADDRESS)
    for question in QUESTIONS.values():
        assert str(question) in page
    sent = form_of(client, ADDRESS)
    sent |= {f"{FIELD}_number": "4", "reason": "各部门人手少"}
    answer = client.post(ADDRESS, sent)
    assert answer.status_code == 303, sentences(answer)
    edition = Edition.objects.exclude(version="2").get()
    before, after = load(DEFAULT).params, store.rulebook_of(edition.pk).params
    assert [name for name in before if before[name].value != after[name].value] == ["handover_sign_days"]
    assert after["handover_sign_days"].value == "4bd"


def test_nothing_changed_and_out_of_range_is_no_draft(firm: Firm) -> None:
    client = browser(owner())
    sent = form_of(client, ADDRESS) | {"reason": "试试"}
    assert client.post(ADDRESS, sent).status_code == 422
    assert client.post(ADDRESS, sent | {f"{FIELD}_number": "9999"}).status_code == 422
    assert client.post(ADDRESS, sent | {f"{FIELD}_number": "4", "reason": ""}).status_code == 422
    assert Edition.objects.count() == 1


def test_nobody_but_the_policy_owner(firm: Firm) -> None:
    assert browser("wumin").get(ADDRESS).status_code == 403
    assert browser("wumin").post(ADDRESS, {}).status_code == 403
    Post.objects.filter(pk="policy_owner").update(holder=person("wumin"))
    assert browser("wumin").get(ADDRESS).status_code == 200
