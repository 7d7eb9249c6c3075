"""The giver's pages: filling in, sending, correcting, and what they say when something is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import Handover, HandoverCopy, ReturnItem
from aftersign.chapters.handover.tests.pages import address, filled, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import give_back, hand_over, standing
from aftersign.kernel.acts.refusals import Forbidden

DONE, UNPROCESSABLE, CONFLICT = 303, 422, 409


def test_the_form_is_proposed_from_the_order(firm: Firm) -> None:
    page = text_of(sign_in(firm, "wumin").get(address(firm)))

    assert firm.order.contract_no in page
    assert "北辰医疗科技股份有限公司" in page
    assert "需求书 v1.docx" in page
    assert page.count('name="recipient"') == len(firm.departments) - 1  # all but the giver's own


def test_one_press_and_one_password_submit_sign_and_send(firm: Firm) -> None:
    response = sign_in(firm, "wumin").post(address(firm), filled(firm))

    assert response.status_code == DONE
    assert firm.facts()[:2] == ["handover.submitted", "handover.giver_signed"]
    assert firm.facts()[-1] == "handover.distributed"
    sealed = firm.form.content
    assert sealed.sections["special_matters"].none_by == "吴敏"
    assert "customer_requirements.R1" in sealed.items()
    assert [each.none_by for each in sealed.documents if each.kind == "negotiation_record"] == ["吴敏"]


def test_further_departments_receive_a_copy_too(firm: Firm) -> None:
    quality = firm.departments["quality"]

    sign_in(firm, "wumin").post(address(firm), filled(firm, recipient=[str(quality.pk)]))

    assert set(HandoverCopy.objects.values_list("department__code", flat=True)) == {
        "project",
        "customer_service",
        "finance",
        "quality",
    }


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"special_matters-none": ""}, "id_special_matters-none"),
        ({"negotiation_record": ""}, "id_negotiation_record"),
        ({"password": ""}, "id_password"),
        ({"password": "wrong"}, "id_password"),
        ({"responsibility": ""}, "id_responsibility"),
        (
            {"customer_requirements-0-statement": "", "customer_requirements-0-source": "p. 4"},
            "id_customer_requirements-0-statement",
        ),
        (
            {"special_matters-0-text": "No data leaves the site", "special_matters-0-nature": ""},
            "id_special_matters-0-nature",
        ),
        (
            {"special_matters-0-text": "Who?", "special_matters-0-nature": "open_question"},
            "id_special_matters-0-owner",
        ),
    ],
)
def test_what_is_missing_is_said_at_its_place_and_nothing_is_sent(
    firm: Firm, changes: dict[str, Any], target: str
) -> None:
    before = standing(firm)

    response = sign_in(firm, "wumin").post(address(firm), filled(firm, **changes))

    page = text_of(response)
    assert response.status_code == UNPROCESSABLE
    assert f'href="#{target}"' in page
    assert re.search(rf'id="{target}"', page)
    assert "高珊，信息部经理" in page
    assert standing(firm) == before


def test_without_a_requirement_paper_the_summary_leads_to_the_list(firm: Firm) -> None:
    firm.order.papers.filter(kind="requirement_statement").delete()

    response = sign_in(firm, "wumin").post(address(firm), filled(firm))

    assert response.status_code == UNPROCESSABLE
    assert 'href="#id_file"' in text_of(response)
    assert not Handover.objects.exists()


def test_a_missing_department_is_named(firm: Firm) -> None:
    firm.departments["finance"].code = ""
    firm.departments["finance"].save()

    response = sign_in(firm, "wumin").post(address(firm), filled(firm))

    assert response.status_code == UNPROCESSABLE
    assert 'href="#id_recipient"' in text_of(response)
    assert "finance_department" in text_of(response)
    assert not Handover.objects.exists()


def test_five_wrong_passwords_lock_the_signature_as_they_lock_signing_in(firm: Firm) -> None:
    client = sign_in(firm, "wumin")
    for _attempt in range(5):
        client.post(address(firm), filled(firm, password="wrong"))

    response = client.post(address(firm), filled(firm))

    assert response.status_code == UNPROCESSABLE
    assert not Handover.objects.exists()


def test_a_row_is_added_without_a_script_and_nothing_is_lost(firm: Firm) -> None:
    sent = filled(firm, _add_row="customer_requirements")

    response = sign_in(firm, "wumin").post(address(firm), sent)

    page = text_of(response)
    assert "采集 6 类设备的数据" in page
    assert 'name="customer_requirements-1-statement"' in page
    assert not Handover.objects.exists()


def test_what_is_needed_before_sending_follows_what_is_written(firm: Firm) -> None:
    client = sign_in(firm, "wumin")
    assert re.search('<section[^>]*id="tasks"[^>]*hx-trigger="change from:#fill', text_of(client.get(address(firm))))
    empty = filled(firm, **{"customer_requirements-0-statement": "", "password": "", "_add_row": "tasks"})

    def said(sent: dict[str, Any]) -> str:
        page = text_of(client.post(address(firm), sent, headers={"HX-Request": "true"}))
        line = page.partition('id="tasks"')[2].partition('href="#part-customer_requirements"')[2]
        return line.partition("</li>")[0]

    assert "未开始" in said(empty)
    assert "未开始" not in said(empty | {"customer_requirements-0-statement": "采集 6 类设备的数据"})
    assert not Handover.objects.exists()


def test_a_paper_is_put_on_the_list_without_a_script(firm: Firm) -> None:
    notes = SimpleUploadedFile("notes.pdf", b"%PDF-1.7 notes")
    sent = filled(firm, _add_row="documents", **{"file-kind": "negotiation_record", "file": notes})

    page = text_of(sign_in(firm, "wumin").post(address(firm), sent))

    assert "notes.pdf" in page
    assert "采集 6 类设备的数据" in page
    assert firm.order.papers.filter(kind="negotiation_record").count() == 1


def test_a_paper_is_told_by_its_name_and_comes_off_the_list_again(firm: Firm) -> None:
    notes = SimpleUploadedFile("谈判记录 11-03.pdf", b"%PDF-1.7 notes")
    client = sign_in(firm, "wumin")
    client.post(address(firm), filled(firm, _add_row="documents", **{"file-kind": "", "file": notes}))
    paper = firm.order.papers.get(name="谈判记录 11-03.pdf")
    assert paper.kind == "negotiation_record"

    page = text_of(client.post(address(firm), filled(firm, _drop_row=f"paper-{paper.pk}")))

    paper.refresh_from_db()
    assert paper.voided_at is not None
    assert "谈判记录 11-03.pdf" not in page
    assert "采集 6 类设备的数据" in page


def test_a_paper_on_record_stays_on_the_list(firm: Firm) -> None:
    hand_over(firm)
    give_back(firm, "finance")
    paper = firm.order.papers.filter(kind="contract").get()

    client = sign_in(firm, "wumin")
    pressed = filled(firm, _form="CorrectForm", _drop_row=f"paper-{paper.pk}")
    page = text_of(client.post(address(firm, "correct/"), pressed))

    paper.refresh_from_db()
    assert paper.voided_at is None
    assert f"{paper.name} 已有记录" in page


def test_whoever_may_not_submit_takes_no_paper_off(firm: Firm) -> None:
    paper = firm.order.papers.exclude(sha256="").first()
    assert paper is not None

    with pytest.raises(Forbidden):
        acts.take_off(firm.order, paper=paper.pk, by=firm.actor("linxiaolan"))

    paper.refresh_from_db()
    assert paper.voided_at is None


def test_a_file_of_a_strange_kind_is_not_taken(firm: Firm) -> None:
    strange = SimpleUploadedFile("run.exe", b"MZ")
    sent = filled(firm, **{"file-kind": "negotiation_record", "file": strange})

    response = sign_in(firm, "wumin").post(address(firm), sent)

    assert response.status_code == UNPROCESSABLE
    assert "run.exe" in text_of(response)
    assert not firm.order.papers.filter(kind="negotiation_record").exists()


def test_whoever_may_not_submit_sees_that_nothing_has_been_sent(firm: Firm) -> None:
    client = sign_in(firm, "linxiaolan")

    assert "吴敏" in text_of(client.get(address(firm)))
    assert 'id="id_password"' not in text_of(client.get(address(firm)))
    client.post(address(firm), filled(firm))
    assert not Handover.objects.exists()


def test_a_correction_shows_the_reasons_beside_the_fields_and_takes_the_answers(firm: Firm) -> None:
    hand_over(firm)
    give_back(firm, "finance", "customer_requirements.R1")
    client = sign_in(firm, "wumin")
    back = ReturnItem.objects.get()

    page = text_of(client.get(address(firm, "correct/")))
    assert "没有可核对的指标。" in page
    assert f'name="answer-{back.pk}"' in page

    sent = filled(firm, _form="CorrectForm", note="按退回理由改。")
    sent |= {"customer_requirements-0-no": "R1", "customer_requirements-0-statement": "延迟不超过 5 秒"}
    missing = client.post(address(firm, "correct/"), sent)
    assert missing.status_code == UNPROCESSABLE
    assert f'href="#id_answer-{back.pk}"' in text_of(missing)
    assert firm.handover.latest == 1

    assert client.post(address(firm, "correct/"), sent | {f"answer-{back.pk}": "已改。"}).status_code == DONE
    assert firm.handover.latest == 2
    assert {copy.state for copy in firm.handover.copies.all()} == {"resent"}
    assert ReturnItem.objects.get().answer == "已改。"


def test_a_form_that_was_sent_is_not_sent_again_from_an_old_page(firm: Firm) -> None:
    client = sign_in(firm, "wumin")
    client.get(address(firm))
    hand_over(firm)
    before = standing(firm)

    response = client.post(address(firm), filled(firm))

    assert response.status_code == 200
    assert standing(firm) == before


def test_somebody_else_was_faster(firm: Firm) -> None:
    hand_over(firm)
    give_back(firm, "finance", "customer_requirements.R1")
    before = standing(firm)
    sent = filled(firm, _form="CorrectForm", note="改。", _version=str(firm.order.version - 1))
    sent[f"answer-{ReturnItem.objects.get().pk}"] = "已改。"

    response = sign_in(firm, "wumin").post(address(firm, "correct/"), sent)

    assert response.status_code == CONFLICT
    assert "采集 6 类设备的数据" in text_of(response)
    assert standing(firm) == before
