"""Submitting, signing, sending, accepting, returning and resending: what each states, and what a refusal leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.content import MATTERS, REQUIREMENTS, Section
from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy, ReturnItem, Signature
from aftersign.chapters.handover.tests.rig import Firm, content
from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import queries as journal

RECEIVERS = {"project": "linxiaolan", "customer_service": "zhouyan", "finance": "hejing"}
RESPONSIBILITY = "自签收起，按本版负责执行。"


def hand_over(firm: Firm, **how: Any) -> None:
    """Fill in, sign and send the form in one go."""
    acts.send_and_sign(
        firm.order,
        content=content(firm.order, **how),
        departments=(*firm.recipients, *how.get("recipients", ())),
        responsibility="内容真实完整。",
        by=firm.actor("wumin"),
    )


def accept(firm: Firm, code: str, points: tuple[str, ...] = (), by: str = "") -> HandoverCopy:
    """Accept the copy of a department by its usual receiver."""
    copy = firm.copy(code)
    return acts.sign_for_copy(
        copy,
        check_value=copy.form.check_value,
        points=points,
        ceremony=acts.Ceremony(RESPONSIBILITY),
        by=firm.actor(by or RECEIVERS[code]),
    )


def give_back(firm: Firm, code: str, item: str = "customer_requirements.R1") -> HandoverCopy:
    """Return the copy of a department with one reason."""
    copy = firm.copy(code)
    items = (acts.Returning(item, "unclear", "没有可核对的指标。"),)
    return acts.return_copy(copy, check_value=copy.form.check_value, items=items, by=firm.actor(RECEIVERS[code]))


def send_again(firm: Firm, requirement: str = "采集 6 类设备的数据，延迟不超过 5 秒") -> None:
    """Correct the form and send it to everybody who has a copy."""
    answers = {each.pk: "已与客户确认。" for each in ReturnItem.objects.filter(order=firm.order, answer="")}
    acts.correct_and_resend(
        firm.order,
        content=content(firm.order, requirement=requirement),
        note="按退回理由改。",
        answers=answers,
        responsibility="改动属实。",
        by=firm.actor("wumin"),
    )


def standing(firm: Firm) -> tuple[Any, ...]:
    """Everything that a refused act must leave as it was."""
    return (
        list(Handover.objects.values()),
        list(FormVersion.objects.values()),
        list(HandoverCopy.objects.values()),
        list(Signature.objects.values()),
        list(ReturnItem.objects.values()),
        firm.facts(),
    )


def test_the_number_of_a_form_bears_the_year_of_the_company(firm: Firm) -> None:
    with frozen(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):
        hand_over(firm)
    assert firm.handover.number == "HO-2027-0001"


def test_sending_submits_signs_and_distributes_at_once(firm: Firm) -> None:
    hand_over(firm, points=2)

    assert firm.handover.state == "distributed"
    assert firm.handover.number == f"HO-{timezone.localtime(firm.form.submitted_at).year}-0001"
    assert firm.facts() == [
        "handover.submitted",
        "handover.giver_signed",
        *["handover.copy_sent"] * 3,
        "handover.distributed",
    ]
    submitted, signed = journal.of_order(firm.order.pk)[:2]
    assert submitted.payload["form"] == firm.form.check_value == signed.payload["check_value"]
    assert submitted.payload["version"] == 1
    assert submitted.payload["key_points"] == 2
    assert set(submitted.payload["sections"]) == {"basic_information", "customer_requirements", "special_matters"}
    assert set(submitted.payload["requirement_documents"]) == {"requirement_statement"}
    assert signed.payload["signer"] == str(firm.people["wumin"].pk)


def test_distribution_names_recipients_papers_and_the_contract(firm: Firm) -> None:
    hand_over(firm)

    sent = journal.latest(firm.order.pk, "handover.distributed")
    assert sent is not None
    contract = firm.order.papers.get(kind="contract")
    assert set(sent.payload["recipients"]) == {
        "project_department",
        "customer_service_department",
        "finance_department",
    }
    assert sent.payload["contract_copy"] == contract.sha256
    assert sent.payload["other_documents"]["negotiation_record"].startswith("none: 吴敏")
    assert contract.sha256 in sent.files
    assert {each.word for each in HandoverCopy.objects.all()} == set(sent.payload["recipients"])


def test_no_sections_are_stated_as_none_with_a_name(firm: Firm) -> None:
    hand_over(firm)

    submitted = journal.latest(firm.order.pk, "handover.submitted")
    assert submitted is not None
    assert submitted.payload["sections"]["special_matters"] == "none: 吴敏"


def test_last_mandatory_signature_completes_the_handover_once(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    accept(firm, "customer_service")
    assert firm.handover.accepted_at is None

    accept(firm, "finance")

    assert firm.handover.state == "accepted"
    assert firm.facts("handover.accepted") == ["handover.accepted"]
    complete = journal.latest(firm.order.pk, "handover.accepted")
    assert complete is not None
    assert complete.payload["last_department"] == str(firm.departments["finance"].pk)


def test_signature_binds_the_text_with_name_time_and_device(firm: Firm) -> None:
    hand_over(firm)
    by = replace(firm.actor("hejing"), address="10.0.0.8", device="Firefox")
    copy = firm.copy("finance")
    acts.accept_copy(
        copy,
        check_value=copy.form.check_value,
        ceremony=acts.Ceremony(RESPONSIBILITY, reservations="付款节点待确认。"),
        by=by,
    )

    signature = Signature.objects.get(role="receiver")
    assert (signature.person, signature.department) == (firm.people["hejing"], firm.departments["finance"])
    assert (signature.check_value, signature.method) == (firm.form.check_value, "password")
    assert (signature.address, signature.device) == ("10.0.0.8", "Firefox")
    fact = journal.latest(firm.order.pk, "handover.copy_accepted")
    assert fact is not None
    assert fact.payload["reservations"] == "付款节点待确认。"


def test_key_points_are_confirmed_before_the_signature(firm: Firm) -> None:
    hand_over(firm, points=2)

    accept(firm, "project", points=("S1", "S2"))

    assert firm.facts()[-2:] == ["handover.key_points_confirmed", "handover.copy_accepted"]
    confirmed = journal.latest(firm.order.pk, "handover.key_points_confirmed")
    assert confirmed is not None
    assert [each["no"] for each in confirmed.payload["points"]] == ["S1", "S2"]


def test_return_and_resending_bring_a_new_version_to_everybody(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    give_back(firm, "finance")
    assert firm.copy("finance").state == "returned"

    send_again(firm)

    assert {each.state for each in HandoverCopy.objects.all()} == {"resent"}
    assert {each.form.number for each in HandoverCopy.objects.all()} == {2}
    resent = {each.unit_id: each.payload for each in journal.all_of(firm.order.pk, "handover.copy_resent")}
    project, finance = resent[str(firm.copy("project").pk)], resent[str(firm.copy("finance").pk)]
    assert (project["accepted_before"], finance["accepted_before"]) == (True, False)
    assert finance["version"] == 2
    assert "已与客户确认。" in finance["answers"]
    assert finance["differences"] == [
        {
            "item": "customer_requirements.R1",
            "field": "statement",
            "old": "采集 6 类设备的数据",
            "new": "采集 6 类设备的数据，延迟不超过 5 秒",
        }
    ]
    assert ReturnItem.objects.get().answer == "已与客户确认。"


def test_one_signature_under_an_old_version_completes_nothing(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    accept(firm, "customer_service")
    give_back(firm, "finance")
    send_again(firm)

    accept(firm, "finance")

    assert firm.handover.accepted_at is None
    accept(firm, "project")
    accept(firm, "customer_service")
    assert firm.handover.accepted_at is not None


def test_a_returned_further_copy_holds_up_completion(firm: Firm) -> None:
    quality = firm.departments["quality"]
    hand_over(firm, recipients=(quality,))
    copy = firm.copy("quality")
    items = (acts.Returning("documents.quotation.1", "lacking", "缺第 4 页。"),)
    acts.return_copy(copy, check_value=copy.form.check_value, items=items, by=firm.actor("zhaoping"))
    for code in RECEIVERS:
        accept(firm, code)

    assert firm.handover.accepted_at is None

    acts.recall_copy(copy, reason="送错部门。", by=firm.actor("wumin"))

    assert (firm.handover.state, firm.handover.accepted_at is None) == ("accepted", False)
    assert firm.facts()[-2:] == ["handover.copy_recalled", "handover.accepted"]
    last = journal.all_of(firm.order.pk, "handover.accepted")
    assert [each.payload["last_department"] for each in last] == [str(firm.departments[[*RECEIVERS][-1]].pk)]


def test_recalled_copy_is_out_of_the_way_and_can_be_replaced(firm: Firm) -> None:
    hand_over(firm)
    wrong = acts.recall_copy(firm.copy("finance"), reason="送错部门。", by=firm.actor("wumin"))
    assert wrong.state == "recalled"
    accept(firm, "project")
    accept(firm, "customer_service")
    assert firm.handover.accepted_at is None

    acts.distribute(firm.order, departments=firm.recipients, by=firm.actor("wumin"))

    assert firm.copy("finance").pk != wrong.pk
    accept(firm, "finance")
    assert firm.handover.accepted_at is not None


Attempt = Callable[[Firm], object]


def _empty_matters(firm: Firm) -> object:
    form = content(firm.order)
    form = replace(form, sections={**form.sections, MATTERS: Section(())})
    return acts.submit(firm.order, content=form, by=firm.actor("wumin"))


def _no_requirement_paper(firm: Firm) -> object:
    form = content(firm.order)
    form = replace(form, documents=tuple(each for each in form.documents if each.kind != "requirement_statement"))
    return acts.submit(firm.order, content=form, by=firm.actor("wumin"))


def _no_reason_for_a_missing_paper(firm: Firm) -> object:
    form = content(firm.order)
    form = replace(form, documents=tuple(each for each in form.documents if each.kind != "negotiation_record"))
    return acts.send_and_sign(
        firm.order, content=form, departments=firm.recipients, responsibility="", by=firm.actor("wumin")
    )


def _one_department_left_out(firm: Firm) -> object:
    return acts.send_and_sign(
        firm.order,
        content=content(firm.order),
        departments=firm.recipients[:2],
        responsibility="",
        by=firm.actor("wumin"),
    )


def _somebody_else(firm: Firm) -> object:
    return acts.submit(firm.order, content=content(firm.order), by=firm.actor("hejing"))


def _sign_without_a_form(firm: Firm) -> object:
    return acts.sign(firm.order, check_value="", ceremony=acts.Ceremony(""), by=firm.actor("wumin"))


@pytest.mark.parametrize(
    ("attempt", "check", "missing"),
    [
        (_empty_matters, "part_or_signed_none", ("special_matters",)),
        (_no_requirement_paper, "at_least_one_part", ("requirement_statement", "service_specification")),
        (_no_reason_for_a_missing_paper, "part_or_signed_none", ("negotiation_record",)),
        (_one_department_left_out, "every_recipient_has_a_copy", ("finance_department",)),
        (_somebody_else, "handover.submit", ()),
        (_sign_without_a_form, "", ()),
    ],
)
def test_giver_is_refused_and_nothing_has_changed(
    firm: Firm, attempt: Attempt, check: str, missing: tuple[str, ...]
) -> None:
    before = standing(firm)

    with pytest.raises(Refused) as refused:
        attempt(firm)

    assert [(each.check, each.missing) for each in refused.value.refusals] == [(check, missing)]
    assert standing(firm) == before


def test_sending_an_unsigned_version_is_refused(firm: Firm) -> None:
    acts.submit(firm.order, content=content(firm.order), by=firm.actor("wumin"))
    before = standing(firm)

    with pytest.raises(Refused) as refused:
        acts.distribute(firm.order, departments=firm.recipients, by=firm.actor("wumin"))

    assert refused.value.refusals[0].check == "giver_signed_this_version"
    assert standing(firm) == before


def test_giver_cannot_receive_even_in_the_right_department(firm: Firm) -> None:
    firm.departments["finance"].head = firm.people["lujian"]
    firm.departments["finance"].save()
    acts.send_and_sign(
        firm.order,
        content=content(firm.order),
        departments=firm.recipients,
        responsibility="",
        by=firm.actor("lujian"),
    )
    before = standing(firm)

    with pytest.raises(Refused) as refused:
        accept(firm, "finance", by="lujian")

    assert refused.value.refusals[0].check == "giver_is_not_receiver"
    assert standing(firm) == before


@pytest.mark.parametrize("who", ["wumin", "hejing", "sunqian"])
def test_only_people_of_the_department_accept_its_copy(firm: Firm, who: str) -> None:
    hand_over(firm)
    before = standing(firm)

    with pytest.raises(Forbidden):
        accept(firm, "project", by=who)

    assert standing(firm) == before


def test_an_old_version_is_neither_accepted_nor_returned(firm: Firm) -> None:
    hand_over(firm)
    old = firm.copy("project").form
    give_back(firm, "finance")
    send_again(firm)
    before, copy = standing(firm), firm.copy("project")

    with pytest.raises(Refused) as refused:
        acts.accept_copy(copy, check_value=old.check_value, ceremony=acts.Ceremony(""), by=firm.actor("linxiaolan"))
    assert refused.value.refusals[0].check == "receiver_signs_latest_version"
    with pytest.raises(Refused) as refused:
        acts.return_copy(copy, check_value=old.check_value, items=(), by=firm.actor("linxiaolan"))
    assert refused.value.refusals[0].check == "receiver_signs_latest_version"
    assert standing(firm) == before


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "Choose what has to be put right."),
        ((acts.Returning("customer_requirements:R9", "unclear", "?"),), "The form has no place"),
        ((acts.Returning("documents.quotation.1", "", "缺页"),), "Say why"),
        ((acts.Returning("documents.quotation.1", "lacking", " "),), "Say what exactly is wrong with"),
    ],
)
def test_a_copy_is_returned_only_with_places_of_the_form_reasons_and_words(
    firm: Firm, items: tuple[acts.Returning, ...], said: str
) -> None:
    hand_over(firm)
    before, copy = standing(firm), firm.copy("finance")

    with override("en"), pytest.raises(Refused, match=said):
        acts.return_copy(copy, check_value=copy.form.check_value, items=items, by=firm.actor("hejing"))

    assert standing(firm) == before
    assert firm.copy("finance").state == "sent"


def test_a_key_point_left_out_stops_the_signature(firm: Firm) -> None:
    hand_over(firm, points=2)
    before = standing(firm)

    with pytest.raises(Refused) as refused:
        accept(firm, "project", points=("S1",))

    assert refused.value.refusals[0].missing == ("S2",)
    assert standing(firm) == before


def test_a_complete_handover_is_neither_issued_again_nor_returned(firm: Firm) -> None:
    quality = firm.departments["quality"]
    hand_over(firm, recipients=(quality,))
    for code in RECEIVERS:
        accept(firm, code)
    before, copy = standing(firm), firm.copy("quality")

    with pytest.raises(Refused) as refused:
        send_again(firm)
    assert "handover_not_yet_complete" in [each.check for each in refused.value.refusals]
    with pytest.raises(Refused) as refused:
        acts.return_copy(
            copy,
            check_value=copy.form.check_value,
            items=(acts.Returning("documents.quotation.1", "lacking", "缺页"),),
            by=firm.actor("zhaoping"),
        )
    assert refused.value.refusals[0].check == "handover_not_yet_complete"
    assert standing(firm) == before


def test_a_stale_page_accepts_nothing(firm: Firm) -> None:
    hand_over(firm)
    copy = firm.copy("project")
    seen = replace(firm.actor("linxiaolan"), version=copy.version)
    give_back(firm, "finance")
    send_again(firm)
    before = standing(firm)

    with pytest.raises(Stale):
        acts.sign_for_copy(copy, check_value=copy.form.check_value, points=(), ceremony=acts.Ceremony(""), by=seen)

    assert standing(firm) == before


def test_signing_twice_is_no_legal_move(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    before = standing(firm)

    with pytest.raises(Refused):
        accept(firm, "project")

    assert standing(firm) == before


def test_a_repeated_form_answers_with_the_first_result(firm: Firm) -> None:
    hand_over(firm)
    copy = firm.copy("project")
    by = replace(firm.actor("linxiaolan"), key="0190-key", version=copy.version)
    said: dict[str, Any] = {
        "check_value": copy.form.check_value,
        "points": (),
        "ceremony": acts.Ceremony(RESPONSIBILITY),
    }

    first = acts.sign_for_copy(copy, **said, by=by)
    second = acts.sign_for_copy(copy, **said, by=by)

    assert first.pk == second.pk
    assert firm.facts("handover.copy_accepted") == ["handover.copy_accepted"]


def test_a_submitted_form_is_never_changed(firm: Firm) -> None:
    hand_over(firm)
    form = firm.form
    assert form.holds

    form.text = form.text.replace("按需求书验收", "随意")
    assert not form.holds
    with pytest.raises(TypeError):
        form.save()


def test_new_requirement_section_stays_canonical(firm: Firm) -> None:
    hand_over(firm)

    sealed = firm.form.content
    assert sealed.text == firm.form.text
    assert sealed.sections[REQUIREMENTS].is_filled
