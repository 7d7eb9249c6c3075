"""The receivers' pages: reading, ticking, signing, returning, asking; and the pages beside the main line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import Correction, Explanation, FormVersion, Original, Question, Signature
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm
from aftersign.chapters.handover.tests.test_main_line import (
    RECEIVERS,
    accept,
    give_back,
    hand_over,
    send_again,
    standing,
)
from aftersign.kernel.clock import now

DONE, SIGN_IN, FORBIDDEN, MISSING, CONFLICT, UNPROCESSABLE = 303, 302, 403, 404, 409, 422


def ticked(firm: Firm, code: str, **changes: Any) -> dict[str, Any]:
    """The signing form as a browser sends it with everything ticked."""
    copy = firm.copy(code)
    points = {f"point-{row['no']}": "on" for row in copy.form.content.key_points}
    sent = {
        "_form": "AcceptForm",
        "_version": str(copy.version),
        "check_value": copy.form.check_value,
        "papers": "on",
        "changes": "on",
        "responsibility": "按本版负责执行。",
        "password": PASSWORD,
    }
    return sent | points | changes


def test_ticks_and_password_sign_for_a_copy(firm: Firm) -> None:
    hand_over(firm, points=2)
    client = sign_in(firm, "linxiaolan")
    page = text_of(client.get(address(firm, "project/")))
    assert page.count('type="checkbox" class="ck" id="id_point-') == 2

    response = client.post(
        address(firm, "project/"), ticked(firm, "project"), HTTP_USER_AGENT="Firefox", REMOTE_ADDR="10.0.0.9"
    )

    assert response.status_code == DONE
    signature = Signature.objects.get(role="receiver")
    assert (signature.person, signature.device, signature.address) == (
        firm.people["linxiaolan"],
        "Firefox",
        "10.0.0.9",
    )
    assert firm.facts()[-2:] == ["handover.key_points_confirmed", "handover.copy_accepted"]


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"papers": ""}, "id_papers"),
        ({"point-S2": ""}, "id_point-S2"),
        ({"password": "wrong"}, "id_password"),
        ({"responsibility": ""}, "id_responsibility"),
    ],
)
def test_what_is_not_ticked_is_said_and_nothing_is_signed(firm: Firm, changes: dict[str, Any], target: str) -> None:
    hand_over(firm, points=2)
    before = standing(firm)

    response = sign_in(firm, "linxiaolan").post(address(firm, "project/"), ticked(firm, "project", **changes))

    assert response.status_code == UNPROCESSABLE
    assert f'href="#{target}"' in text_of(response)
    assert f'id="{target}"' in text_of(response)
    assert standing(firm) == before


def test_a_new_version_shows_its_changes_and_wants_them_read(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    give_back(firm, "finance", "customer_requirements.R1")
    send_again(firm)
    client = sign_in(firm, "linxiaolan")

    page = text_of(client.get(address(firm, "project/")))
    assert "<del>采集 6 类设备的数据</del>" in page
    assert "已与客户确认。" in page
    unread = client.post(address(firm, "project/"), ticked(firm, "project", changes=""))
    assert 'href="#id_changes"' in text_of(unread)
    assert client.post(address(firm, "project/"), ticked(firm, "project")).status_code == DONE


def test_a_page_that_was_overtaken_by_a_new_version_signs_nothing(firm: Firm) -> None:
    hand_over(firm)
    sent = ticked(firm, "project")
    give_back(firm, "finance", "customer_requirements.R1")
    send_again(firm)
    before = standing(firm)

    response = sign_in(firm, "linxiaolan").post(address(firm, "project/"), sent)

    assert response.status_code in (CONFLICT, UNPROCESSABLE)
    assert "延迟不超过 5 秒" in text_of(response)
    assert standing(firm) == before


def test_the_giver_reads_a_copy_and_finds_nothing_to_sign(firm: Firm) -> None:
    hand_over(firm)
    page = text_of(sign_in(firm, "wumin").get(address(firm, "project/")))

    assert 'id="id_password"' not in page
    assert "王启明" in page


def test_a_copy_is_returned_thing_by_thing(firm: Firm) -> None:
    hand_over(firm)
    client = sign_in(firm, "hejing")
    copy = firm.copy("finance")
    item = "documents.quotation.1"
    sent = {
        "_form": "ReturnForm",
        "_version": str(copy.version),
        "check_value": copy.form.check_value,
        f"return-{item}": "on",
        f"text-{item}": "缺第 4 页。",
    }
    unsaid = client.post(address(firm, "finance/return/"), sent)
    assert unsaid.status_code == UNPROCESSABLE
    assert "缺第 4 页。" in text_of(unsaid)
    assert "<title>出错：" in text_of(unsaid)
    assert firm.copy("finance").state == "sent"

    assert client.post(address(firm, "finance/return/"), sent | {f"reason-{item}": "lacking"}).status_code == DONE

    assert firm.copy("finance").state == "returned"
    assert "缺第 4 页。" in text_of(client.get(address(firm, "finance/")))
    assert "缺第 4 页。" in text_of(sign_in(firm, "wumin").get(address(firm)))


def test_returning_nothing_is_no_return(firm: Firm) -> None:
    hand_over(firm)
    copy = firm.copy("finance")
    sent = {"_form": "ReturnForm", "check_value": copy.form.check_value}

    response = sign_in(firm, "hejing").post(address(firm, "finance/return/"), sent)

    assert response.status_code == UNPROCESSABLE
    assert firm.copy("finance").state == "sent"


def test_questions_are_asked_answered_and_withdrawn_on_pages(firm: Firm) -> None:
    hand_over(firm)
    asker, giver = sign_in(firm, "linxiaolan"), sign_in(firm, "wumin")
    for text in ("要对接几家？", "谁供电？"):
        asker.post(address(firm, "project/ask/"), {"_form": "AskForm", "text": text})
    first, second = Question.objects.all()

    giver.post(address(firm, f"questions/{first.pk}/"), {"_form": "AnswerForm", "text": "10 家。"})
    asker.post(address(firm, f"questions/{second.pk}/withdraw/"), {"_form": "ReasonForm", "reason": "知道了。"})

    assert [each.state for each in Question.objects.all()] == ["answered", "withdrawn"]
    assert "10 家。" in text_of(asker.get(address(firm)))


def test_an_empty_question_is_not_asked(firm: Firm) -> None:
    hand_over(firm)

    sent = {"_form": "AskForm", "text": " "}
    response = sign_in(firm, "linxiaolan").post(address(firm, "project/ask/"), sent)

    page = text_of(response)
    assert response.status_code == UNPROCESSABLE
    assert "<title>出错：" in page
    questions = page.partition('id="questions"')[2].partition("</section>")[0]
    summary = questions.partition("data-error-summary")[2].partition("</ul>")[0]
    assert 'href="#id_text"' in summary
    assert "写下疑问。" in summary
    assert 'id="id_text"' in questions
    assert page.count("data-error-summary") == 1
    assert not Question.objects.exists()


def test_a_meeting_about_key_points_is_recorded(firm: Firm) -> None:
    hand_over(firm, points=1)
    sent = {
        "_form": "ExplainForm",
        "held_at": (now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "channel": "online",
        "copies": [str(firm.copy("project").pk), str(firm.copy("finance").pk)],
        "attendees": [str(firm.people["linxiaolan"].pk)],
        "points": ["S1"],
    }
    client = sign_in(firm, "wumin")
    assert client.get(address(firm, "explain/")).status_code == 200

    assert client.post(address(firm, "explain/"), sent).status_code == DONE

    assert Explanation.objects.get().copies.count() == 2
    assert firm.facts("handover.key_points_explained") == ["handover.key_points_explained"] * 2


def test_records_receive_the_original_on_a_page(firm: Firm) -> None:
    client = sign_in(firm, "sunqian")
    sent = {
        "_form": "OriginalForm",
        "keeper": str(firm.people["sunqian"].pk),
        "place": "A-12-03",
        "receipt": SimpleUploadedFile("receipt.pdf", b"%PDF-1.7 receipt"),
    }
    assert client.get(address(firm, "original/")).status_code == 200

    assert client.post(address(firm, "original/"), sent).status_code == DONE

    assert Original.objects.get().place == "A-12-03"


def test_a_complete_handover_is_corrected_on_a_page(firm: Firm) -> None:
    hand_over(firm)
    for code in RECEIVERS:
        accept(firm, code)
    sent = {"_form": "CorrectionForm", "item": "basic_information.acceptance", "new": "按合同附件验收", "cause": "抄错"}
    client = sign_in(firm, "wumin")
    assert client.get(address(firm, "correction/")).status_code == 200

    assert client.post(address(firm, "correction/"), sent).status_code == DONE

    assert Correction.objects.get().old == "按需求书验收"
    assert "按合同附件验收" in text_of(client.get(address(firm)))


def test_a_copy_is_recalled_on_a_page(firm: Firm) -> None:
    hand_over(firm, recipients=(firm.departments["quality"],))
    client = sign_in(firm, "wumin")
    assert client.get(address(firm, "quality/recall/")).status_code == 200

    client.post(address(firm, "quality/recall/"), {"_form": "ReasonForm", "reason": "送错部门"})

    assert not firm.handover.copies.filter(department__code="quality").exclude(state="recalled").exists()
    assert "送错部门" in text_of(client.get(address(firm, "quality/")))


def test_verifying_finds_every_changed_letter(firm: Firm) -> None:
    hand_over(firm)
    client = sign_in(firm, "zhaoping")
    assert 'class="chip bad"' not in text_of(client.get(address(firm, "versions/1/check/")))

    FormVersion.objects.update(text=firm.form.text.replace("按需求书验收", "随意"))

    assert 'class="chip bad"' in text_of(client.get(address(firm, "versions/1/check/")))
    assert 'class="chip bad"' in text_of(client.get(address(firm)))


GIVERS_PAGES = ("correct/", "explain/", "correction/", "project/recall/")


@pytest.mark.parametrize("rest", GIVERS_PAGES)
@pytest.mark.parametrize("who", ["linxiaolan", "sunqian"])
def test_the_givers_pages_are_the_givers(firm: Firm, rest: str, who: str) -> None:
    hand_over(firm, points=1)
    before = standing(firm)
    client = sign_in(firm, who)

    assert client.get(address(firm, rest)).status_code == FORBIDDEN
    assert client.post(address(firm, rest), {"reason": "x"}).status_code == FORBIDDEN
    assert standing(firm) == before


def test_the_page_of_the_original_is_that_of_records(firm: Firm) -> None:
    assert sign_in(firm, "wumin").get(address(firm, "original/")).status_code == FORBIDDEN


@pytest.mark.parametrize("rest", ["", "project/", "versions/1/", "versions/1/check/", "correct/"])
def test_strangers_are_led_to_the_sign_in_and_outsiders_find_nothing(firm: Firm, rest: str) -> None:
    hand_over(firm)
    department = firm.departments["quality"]
    department.works_on_orders = False
    department.save()

    assert Client().get(address(firm, rest)).status_code == SIGN_IN
    assert sign_in(firm, "zhaoping").get(address(firm, rest)).status_code == MISSING


def test_a_department_without_orders_reads_its_own_copy_only(firm: Firm) -> None:
    department = firm.departments["quality"]
    department.works_on_orders = False
    department.save()
    hand_over(firm, recipients=(department,))
    client = sign_in(firm, "zhaoping")

    assert client.get(address(firm, "quality/")).status_code == 200
    assert client.get(address(firm, "project/")).status_code == MISSING
    assert client.post(address(firm, "quality/"), ticked(firm, "quality")).status_code == DONE


def test_what_is_not_there_is_missing(firm: Firm) -> None:
    hand_over(firm)
    client = sign_in(firm, "wumin")

    for rest in ("versions/2/", "versions/2/check/", "hr/", "0190d3c4-0000-7000-8000-000000000000/"):
        assert client.get(address(firm, rest)).status_code == MISSING


def test_a_deputy_hands_over_in_the_owners_place(firm: Firm) -> None:
    firm.order.team.create(post="sales", person=firm.people["wumin"], deputy=firm.people["zhaoping"])
    hand_over(firm)

    assert sign_in(firm, "zhaoping").get(address(firm, "correct/")).status_code == 200
    acts.recall_copy(firm.copy("finance"), reason="送错。", by=firm.actor("zhaoping"))
