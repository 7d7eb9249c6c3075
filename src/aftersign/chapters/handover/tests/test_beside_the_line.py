"""Explaining key points, questions, the original contract, corrections, recalling: each done and each refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import Correction, Explanation, Original, Question
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import RECEIVERS, accept, give_back, hand_over, standing
from aftersign.kernel.access.models import AuditEntry
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.vault import places
from aftersign.kernel.vault.taking import Kept, take


def receipt() -> Kept:
    return take(ContentFile(b"%PDF-1.7 received: one original contract", name="receipt.pdf"))


def test_one_meeting_explains_key_points_to_several_departments(firm: Firm) -> None:
    hand_over(firm, points=2)
    held_at = now() - timedelta(minutes=5)
    session = acts.Session(held_at, "online", (firm.people["linxiaolan"], firm.people["hejing"]))
    copies = (firm.copy("project"), firm.copy("finance"))

    acts.explain(firm.order, copies=copies, session=session, points=("S1", "S2"), by=firm.actor("wumin"))

    explained = journal.all_of(firm.order.pk, "handover.key_points_explained")
    assert {each.unit_id for each in explained} == {str(each.pk) for each in copies}
    assert explained[0].at == held_at
    assert [each["text"] for each in explained[0].payload["points"]] == ["重点 1", "重点 2"]
    assert set(Explanation.objects.get().copies.all()) == set(copies)


def test_receivers_do_not_explain(firm: Firm) -> None:
    hand_over(firm, points=1)
    before = standing(firm)
    session = acts.Session(now(), "online", ())

    with pytest.raises(Forbidden):
        acts.explain(
            firm.order, copies=(firm.copy("project"),), session=session, points=("S1",), by=firm.actor("linxiaolan")
        )

    assert standing(firm) == before
    assert not Explanation.objects.exists()


def test_question_and_answer_stay_with_the_form(firm: Firm) -> None:
    hand_over(firm)
    question = acts.ask(
        firm.copy("project"), text="要对接几家？", item="customer_requirements.R1", by=firm.actor("linxiaolan")
    )
    acts.answer(question, text="首批 10 家。", by=firm.actor("wumin"))

    asked = journal.latest(firm.order.pk, "handover.question_asked")
    answered = journal.latest(firm.order.pk, "handover.question_answered")
    assert asked is not None
    assert answered is not None
    assert asked.units["handover_copy"] == str(firm.copy("project").pk)
    assert answered.payload == {"answer": "首批 10 家。", "answered_by": str(firm.people["wumin"].pk)}
    assert Question.objects.get().state == "answered"


def test_a_withdrawn_question_needs_no_answer_any_more(firm: Firm) -> None:
    hand_over(firm)
    question = acts.ask(firm.copy("project"), text="要对接几家？", by=firm.actor("linxiaolan"))
    acts.withdraw_question(question, reason="合同里有。", by=firm.actor("wangqiming"))
    before = standing(firm)

    with pytest.raises(Refused):
        acts.answer(question, text="10 家。", by=firm.actor("wumin"))

    assert standing(firm) == before
    assert Question.objects.get().state == "withdrawn"


@pytest.mark.parametrize("who", ["wumin", "hejing"])
def test_only_the_department_of_the_copy_asks(firm: Firm, who: str) -> None:
    hand_over(firm)
    before = standing(firm)

    with pytest.raises(Forbidden):
        acts.ask(firm.copy("project"), text="？", by=firm.actor(who))

    assert standing(firm) == before
    assert not Question.objects.exists()


def test_records_receive_the_original_with_a_receipt(firm: Firm) -> None:
    keeper = firm.people["sunqian"]

    acts.receive_original(firm.order, keeper=keeper, place="A-12-03", receipt=receipt(), by=firm.actor("sunqian"))

    fact = journal.latest(firm.order.pk, "handover.original_received")
    original = Original.objects.get()
    assert fact is not None
    assert fact.payload == {"keeper": str(keeper.pk), "place": "A-12-03", "receipt": original.sha256}
    assert original.receipt.read() == b"%PDF-1.7 received: one original contract"


def test_an_original_is_received_once_and_by_records_only(firm: Firm) -> None:
    keeper = firm.people["sunqian"]
    with pytest.raises(Forbidden):
        acts.receive_original(firm.order, keeper=keeper, place="A", receipt=receipt(), by=firm.actor("wumin"))
    assert not Original.objects.exists()
    acts.receive_original(firm.order, keeper=keeper, place="A", receipt=receipt(), by=firm.actor("sunqian"))

    with pytest.raises(Refused):
        acts.receive_original(firm.order, keeper=keeper, place="B", receipt=receipt(), by=firm.actor("sunqian"))

    assert Original.objects.get().place == "A"
    assert firm.facts() == ["handover.original_received"]


def test_an_accepted_handover_is_corrected_beside_the_signed_text(firm: Firm) -> None:
    hand_over(firm)
    for code in RECEIVERS:
        accept(firm, code)
    text = firm.form.text
    item = "basic_information.acceptance"

    acts.correct(
        firm.order, item=item, old="按需求书验收", new="按合同附件验收", cause="抄错。", by=firm.actor("wumin")
    )

    assert Correction.objects.get().new == "按合同附件验收"
    assert firm.form.text == text
    assert firm.facts("handover.corrected") == ["handover.corrected"]


def test_an_open_handover_is_corrected_in_the_form_itself(firm: Firm) -> None:
    hand_over(firm)
    before = standing(firm)

    with pytest.raises(Refused):
        acts.correct(firm.order, item="x", old="", new="y", cause="z", by=firm.actor("wumin"))

    assert standing(firm) == before
    assert not Correction.objects.exists()


def test_a_signed_copy_is_not_recalled(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    before = standing(firm)

    with pytest.raises(Refused):
        acts.recall_copy(firm.copy("project"), reason="送错。", by=firm.actor("wumin"))

    assert standing(firm) == before


def test_a_returned_copy_can_be_recalled(firm: Firm) -> None:
    hand_over(firm)
    copy = give_back(firm, "finance")

    recalled = acts.recall_copy(copy, reason="送错。", by=firm.actor("wumin"))

    assert (recalled.state, recalled.recall_reason) == ("recalled", "送错。")
    assert firm.facts()[-1] == "handover.copy_recalled"


def test_the_receipt_is_given_to_whoever_sees_the_order_and_noted(firm: Firm) -> None:
    kept = receipt()
    acts.receive_original(
        firm.order, keeper=firm.people["sunqian"], place="A-12", receipt=kept, by=firm.actor("sunqian")
    )
    to = reverse("handover:receipt", args=[firm.order.number])
    client = sign_in(firm, "wumin")
    hand_over(firm)
    assert to in text_of(client.get(address(firm)))
    given: Any = client.get(to)
    assert b"".join(given.streaming_content).endswith(b"one original contract")
    original = Original.objects.get()
    assert AuditEntry.objects.get(event="file_read").subject == f"{firm.order.number} {original.pk}"
    places.path_of(str(original.receipt)).unlink()
    assert client.get(to).status_code == 404
    Original.everything.update(withdrawn_at=now())
    assert client.get(to).status_code == 404
