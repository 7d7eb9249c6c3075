"""Papers of the sample company: each says what its order says, and pictures show that something was delivered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from aftersign.demo.cast import COMPANY
from aftersign.demo.script import CONTACTS, Plot
from aftersign.demo.sheets import pdf
from aftersign.orders import papers
from aftersign.orders.entries import PaperEntry

SIZE = (640, 480)
SHADES = ((222, 228, 234), (214, 222, 214), (230, 222, 210), (216, 214, 226))
BOXES = 6


def paper(kind: str, name: str, lines: Sequence[str] = ("恒信科技有限公司", "签后示例文件，内容从略。")) -> PaperEntry:
    """A small file of the sample company, stored like any other."""
    return _stored(kind, name, pdf(name.rpartition(".")[0], lines))


def contract(plot: Plot, number: str, signed: date, delivery: date) -> PaperEntry:
    """The contract of an order."""
    lines = (
        f"合同编号：{number}",
        f"甲方：{plot.customer}",
        f"乙方：{COMPANY}",
        f"签订日期：{signed:%Y-%m-%d}　交付日期：{delivery:%Y-%m-%d}",
        f"合同金额：{plot.currency} {plot.amount:,.2f}（含税 13%）",
        f"标的：{plot.title}",
        "付款：预付款 30%，到货款 30%，验收款 35%，质保金 5%。",
        "验收：按需求书逐项验收，连续运行 72 小时无故障。",
        f"甲方联系人：{'，'.join(CONTACTS[plot.customer])}",
    )
    return paper("contract", f"{plot.title}合同.pdf", lines)


def wishes(plot: Plot, signed: date) -> PaperEntry:
    """What the customer wants, in the first version."""
    contact = CONTACTS[plot.customer][0]
    lines = (
        f"客户：{plot.customer}，提出人：{contact}",
        f"日期：{signed:%Y-%m-%d}，版本：v1",
        f"一、{plot.title}按合同交付，不影响现有业务。",
        "二、与现有系统的数据接口由甲方提供说明。",
        f"三、验收由{contact}组织，逐项签字。",
    )
    return paper("requirement_statement", f"{plot.title}需求书 v1.pdf", lines)


def quotation(plot: Plot, number: int) -> PaperEntry:
    """The quotation that the customer has agreed to."""
    parts = [f"{name}：{plot.amount * share / 100:,.2f}" for name, share in plot.parts]
    total = f"合计：{plot.currency} {plot.amount:,.2f}"
    return paper("quotation", f"报价单 Q-{number}.pdf", (f"致：{plot.customer}", *parts, total, "有效期三十天。"))


def picture(name: str, seed: int) -> PaperEntry:
    """A picture of boxes in a hall: as many as were delivered, in other places for each seed."""
    image = Image.new("RGB", SIZE, SHADES[seed % len(SHADES)])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 330, *SIZE), fill=(176, 176, 170))
    for place in range(2 + seed % BOXES):
        left, height = 30 + place * 76, 60 + (seed * 37 + place * 53) % 120
        tone = 120 + (seed * 11 + place * 29) % 90
        pen.rectangle((left, 380 - height, left + 62, 380), fill=(tone, tone - 26, tone - 58), outline=(80, 70, 60))
        pen.line((left + 31, 380 - height, left + 31, 380), fill=(98, 86, 70), width=3)
    body = BytesIO()
    image.save(body, "JPEG", quality=80)
    return _stored("other_papers", name, body.getvalue())


def _stored(kind: str, name: str, body: bytes) -> PaperEntry:
    return papers.store(ContentFile(body, name=name)).as_paper(kind)
