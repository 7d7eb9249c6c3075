"""The order handover form on paper: what stands on it in each state, and in which language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.content import BASIC, MATTERS, REQUIREMENTS, Content, Section
from aftersign.chapters.handover.models import FormVersion, Question, Signature
from aftersign.chapters.handover.printing import print_form
from aftersign.chapters.handover.tests.rig import Firm, content
from aftersign.chapters.handover.tests.test_main_line import RECEIVERS, accept, give_back, hand_over, send_again
from aftersign.kernel.clock import eras, frozen, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.print.codes import picture
from aftersign.kernel.print.setting import Printed
from aftersign.kernel.print.tests.pages import pages_of, plain
from aftersign.orders.models import TeamMember

ORIGIN = "https://orders.example.com"


def printed(firm: Firm, number: int = 0, language: str = "zh-hans") -> Printed:
    """A version on paper, the latest unless another is named."""
    standing = queries.standing(firm.order)
    form = queries.form_of(standing, number) if number else standing.form
    assert form is not None
    with translation.override(language):
        return print_form(standing, form, origin=ORIGIN, by="吴敏")


def said(firm: Firm, number: int = 0, language: str = "zh-hans") -> str:
    """Everything on the paper without white space."""
    return plain(printed(firm, number, language).pdf)


def test_days_are_counted_as_whoever_prints_counts_them(firm: Firm) -> None:
    hand_over(firm)
    with eras.counting(eras.ROC):
        paper = said(firm, language="zh-hant")
    assert "民國115-" in paper
    assert not re.search(r"(?<!\d)2026-\d\d-\d\d", paper)


def send(firm: Firm, form: Content) -> None:
    """Sign and send a form to the three departments."""
    how: dict[str, Any] = {"departments": firm.recipients, "responsibility": "内容真实完整。"}
    acts.send_and_sign(firm.order, content=form, **how, by=firm.actor("wumin"))


def with_parts(firm: Firm, **parts: Section) -> Content:
    """The complete form of the rig with some parts put in another way."""
    form = content(firm.order)
    return replace(form, sections={**form.sections, **parts})


def signed(paper: str) -> str:
    """What stands in the table of signatures."""
    return paper.partition("、签字（")[2]


def test_the_head_names_form_order_and_people(firm: Firm) -> None:
    TeamMember.objects.create(order=firm.order, post="project_manager", person=firm.people["wangqiming"])
    hand_over(firm)
    paper = said(firm)
    for label, value in (
        ("交接单号", firm.handover.number),
        ("版本", "1"),
        ("订单编号", "SO-2026-0203"),
        ("合同编号", "HT-2026-0231"),
        ("签订日期", "2026-11-16"),
        ("销售负责人", "吴敏"),
        ("项目负责人", "王启明"),
    ):
        assert f"{label}{value}" in paper
    assert paper.startswith("恒信科技有限公司订单交接单")


def test_all_parts_stand_on_it(firm: Firm) -> None:
    hand_over(firm, points=2)
    paper = said(firm)
    for part in ("按需求书验收", "R1采集6类设备的数据", "★重点1重点1", "★重点2重点2", "合同.pdf"):
        assert part in paper
    assert "无：电话议价，没有书面记录（吴敏签字确认）" in paper
    for each in firm.form.content.digests():
        assert each[:16] in paper


def test_a_part_without_anything_says_who_has_signed_that(firm: Firm) -> None:
    hand_over(firm)
    assert "无（吴敏签字确认）" in said(firm)


def test_the_amount_stands_in_figures_and_in_capitals(firm: Firm) -> None:
    basic = {"amount": "860000.00", "currency": "CNY", "tax_rate": "13.00"}
    send(firm, with_parts(firm, **{BASIC: Section(basic)}))
    assert "¥860,000.00，含税13%人民币捌拾陆万元整" in said(firm)
    assert "人民幣捌拾陸萬元整" in said(firm, language="zh-hant")
    assert "人民币" not in said(firm, language="en")


def test_the_foot_names_fingerprint_and_chain(firm: Firm) -> None:
    hand_over(firm)
    size, last = journal.chain_end()
    assert size > 0
    for page in pages_of(printed(firm).pdf):
        assert firm.form.check_value in page
        assert f"共 {size} 条，末条 {last}" in page
        assert "吴敏" in page


def test_the_code_is_the_beginning_of_the_fingerprint(firm: Firm) -> None:
    hand_over(firm)
    short = firm.form.check_value[:16].upper()
    assert f"验证码{short[:4]}-{short[4:8]}-{short[8:12]}-{short[12:]}" in said(firm)


def test_the_picture_leads_to_the_check(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(where: str) -> str:
        drawn.append(where)
        return picture(where)

    monkeypatch.setattr("aftersign.kernel.print.setting.picture", draw)
    hand_over(firm)
    printed(firm)
    assert drawn == [ORIGIN + reverse("handover:check", args=[firm.order.number, 1])]


def test_places_that_wait_are_empty_and_say_since_when(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    table = signed(said(firm))
    assert table.startswith("第1版，已签2/4）")
    assert "移交吴敏" in table
    assert "林晓岚" in table
    assert table.count("待签，") == 2
    assert "周岩" not in table


def test_reservations_and_deputies_stand_beside_the_name(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    row = Signature.objects.filter(role="receiver")
    row.update(reservations="工期偏紧", on_behalf_of=firm.people["wangqiming"])
    table = signed(said(firm))
    assert "保留意见：工期偏紧" in table
    assert "林晓岚（代王启明）" in table


def test_a_returned_copy_says_so(firm: Firm) -> None:
    hand_over(firm)
    give_back(firm, "finance")
    assert "退回" in signed(said(firm))


def test_a_recalled_copy_says_why_and_counts_no_longer(firm: Firm) -> None:
    hand_over(firm, recipients=(firm.departments["quality"],))
    acts.recall_copy(firm.copy("quality"), reason="送错部门", by=firm.actor("wumin"))
    table = signed(said(firm))
    assert "已签1/4）" in table
    assert "质量部接收已收回：送错部门" in table


def test_a_new_version_shows_old_signatures_as_old(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    give_back(firm, "finance")
    send_again(firm)
    latest, earlier = said(firm), said(firm, 1)
    assert "已签1/4）" in signed(latest)
    assert "延迟不超过5秒" in latest
    assert "已被第2版取代" not in latest
    assert "本单为第1版，已被第2版取代。" in earlier
    assert "延迟不超过5秒" not in earlier
    assert signed(earlier).startswith("第1版，已签2/2）")


def test_questions_stand_on_it_with_their_answers(firm: Firm) -> None:
    hand_over(firm)
    assert "至今没有疑问。" in said(firm)
    acts.ask(firm.copy("project"), text="谁牵头联调？", by=firm.actor("linxiaolan"))
    assert "谁牵头联调？" in said(firm)
    assert "待答复" in said(firm)
    acts.answer(Question.objects.get(), text="我方牵头。", by=firm.actor("wumin"))
    assert "我方牵头。吴敏·" in said(firm)
    assert "待答复" not in said(firm)


def test_corrections_stand_beside_the_signed_text(firm: Firm) -> None:
    hand_over(firm)
    for code in RECEIVERS:
        accept(firm, code)
    assert "更正之处" not in said(firm)
    how = {"old": "采集 6 类设备的数据", "new": "采集 8 类设备的数据", "cause": "笔误"}
    acts.correct(firm.order, item="customer_requirements.R1", **how, by=firm.actor("wumin"))
    paper = said(firm)
    assert "采集8类设备的数据" in paper
    assert "笔误" in paper


def test_a_text_that_was_tampered_with_is_printed_as_such(firm: Firm) -> None:
    hand_over(firm)
    assert "与提交时的校验值不符" not in said(firm)
    FormVersion.objects.update(text=firm.form.text.replace("6 类", "9 类"))
    assert "与提交时的校验值不符" in said(firm)


def test_long_names_and_many_rows_go_on_over_pages(firm: Firm) -> None:
    name = "株" * 60
    firm.people["wumin"].name = name
    firm.people["wumin"].save()
    texts = {"source": "s" * 80, "priority": "must", "criterion": "好" * 90}
    rows = tuple({"no": f"R{at}", "statement": f"第 {at} 条 " + "数据" * 120, **texts} for at in range(1, 41))
    send(firm, with_parts(firm, **{REQUIREMENTS: Section(rows), MATTERS: Section((), none_by=name)}))
    made = printed(firm)
    pages = pages_of(made.pdf)
    assert len(pages) > 5
    assert all(f"第 {at} 页，共 {len(pages)} 页" in page for at, page in enumerate(pages, start=1))
    paper = plain(made.pdf)
    assert all(f"第{at}条数据" in paper for at in range(1, 41))
    assert name in signed(paper)
    assert "s" * 80 in paper


def test_characters_without_a_picture_are_marked_and_warned_of(firm: Firm) -> None:
    hand_over(firm, requirement="采集数据😀")
    made = printed(firm)
    assert made.lacking == ("😀",)
    assert "采集数据〓" in plain(made.pdf)
    assert "以〓代替：U+1F600" in plain(made.pdf)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("订单交接单", "文件清单", "待签")),
        ("zh-hant", ("訂單交接單", "文件清單", "待簽")),
        ("en", ("Orderhandoverform", "Listofpapers", "tobesigned")),
    ],
)
def test_it_speaks_the_language_of_the_reader(firm: Firm, language: str, words: tuple[str, ...]) -> None:
    hand_over(firm)
    paper = said(firm, language=language)
    assert [each for each in words if each not in paper] == []


def test_the_same_moment_gives_the_same_bytes(firm: Firm) -> None:
    hand_over(firm)
    with frozen(now()):
        assert printed(firm).pdf == printed(firm).pdf
