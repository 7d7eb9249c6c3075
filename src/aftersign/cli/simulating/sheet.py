"""The handover form of a simulated order, as the exact text that is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersign.chapters.handover.content import BASIC, MATTERS, REQUIREMENTS, check_value_of
from aftersign.kernel.journal import canonical

CONTRACT, STATEMENT = "contract", "requirement_statement"
NONE_REASON = "没有此类文件"
WISHES = ("按合同交付并完成培训", "接口与现有系统打通", "停机窗口不超过四小时")
POINTS = ("客户数据不得离开客户机房，开发和测试只用脱敏样本", "上线切换只能在周六 20:00 至周日 06:00")
CRITERIA = ("逐项核对", "32 项指标全部达标，连续运行 72 小时无故障", "按需求书第 15 页逐项签字")


@dataclass(frozen=True)
class Sheet:
    """One version of a form: its text, check value and what facts say of it."""

    text: str
    check_value: str
    sections: Mapping[str, str]
    other_documents: Mapping[str, str]
    points: Sequence[Mapping[str, str]]


def sheet(
    *,
    head: Mapping[str, str],
    basic: Mapping[str, str],
    giver: str,
    papers: Mapping[str, tuple[str, str]],
    others: Sequence[str],
    recipients: Sequence[Mapping[str, str]],
    points: int,
    wish: int,
) -> Sheet:
    """A version of the form; `papers` are id and digest by kind, `others` the kinds that the giver says there are none
    of, and `wish` chooses what the customer requires and by which criterion.
    """
    matters = [_matter(number) for number in range(1, points + 1)]
    sections = {
        BASIC: _section(dict(basic)),
        REQUIREMENTS: _section([_requirement(wish)]),
        MATTERS: _section(matters, "" if matters else giver),
    }
    documents = [_paper(kind, pk, digest) for kind, (pk, digest) in papers.items()]
    documents += [_none(kind, giver) for kind in others]
    content = {"sections": sections, "documents": documents, "recipients": list(recipients), "head": dict(head)}
    text = canonical.of_simple(content)
    return Sheet(
        text,
        check_value_of(text),
        {name: _stated(each) for name, each in sections.items()},
        dict.fromkeys(others, f"none: {giver}: {NONE_REASON}"),
        [{"no": row["no"], "text": row["text"]} for row in matters],
    )


def _section(body: Any, none_by: str = "") -> dict[str, Any]:
    return {"body": body, "none_by": none_by}


def _stated(section: Mapping[str, Any]) -> str:
    return canonical.digest(section["body"]) if section["body"] else f"none: {section['none_by']}"


def _requirement(wish: int) -> dict[str, Any]:
    return {
        "no": "R1",
        "statement": WISHES[wish % len(WISHES)],
        "source": "需求书第 4 页",
        "priority": "must",
        "criterion": CRITERIA[wish // len(WISHES) % len(CRITERIA)],
    }


def _matter(number: int) -> dict[str, Any]:
    text = POINTS[(number - 1) % len(POINTS)]
    return {"no": f"S{number}", "text": text, "nature": "confidentiality", "owner": "", "key": True}


def _paper(kind: str, pk: str, digest: str) -> dict[str, Any]:
    return _document(kind, name=f"{kind}.pdf", paper=pk, sha256=digest, version="1")


def _none(kind: str, giver: str) -> dict[str, Any]:
    return _document(kind, none_reason=NONE_REASON, none_by=giver)


def _document(kind: str, **said: str) -> dict[str, Any]:
    empty = {"name": "", "paper": "", "sha256": "", "version": "", "holder": "", "none_reason": "", "none_by": ""}
    return {"kind": kind, "copies": 1, **empty, **said}
