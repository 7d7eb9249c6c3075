"""What simulated facts say where their history does not: a whole payload by the types that the edition declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aftersign.policy.rulebook import FactKind, Rulebook, Term

_TEXTS = {
    "cause": "上游交付比约定晚三天，影响联调",
    "action": "已返工并补做检查记录",
    "reason": "与客户书面确认后决定",
    "reasons": "资源与排期已核对，可以执行",
    "content": "现场条件变化，调整到下一检修窗口",
    "channel": "电话",
    "status": "按计划进行，已完成 60%",
    "next_milestone": "下周三到货验收",
    "sent_to": "客户项目经理",
    "needs": "希望提前一周完成培训",
    "opinions": "对进度满意，关注备件到货",
    "people": "客户信息中心主任",
    "progress_report": "本周任务完成 9 项，滞后 1 项",
    "answer": "已答复并附说明文件",
    "reply": "问题已解决，附整改照片",
    "record": "已登记并转责任部门",
    "lessons": "选型评审应提前两周",
    "description": "外观划伤两处，已标识隔离",
    "effect": "参训人员全部通过测试",
    "progress": "措施按期执行",
    "place": "档案室 B 区 3 柜",
    "text": "请确认接口参数和时间窗口",
}
_FIXED: dict[str, Any] = {
    "number": 1,
    "money": "1000.00",
    "percent": "1%",
    "yesno": False,
    "contact": "客户采购负责人",
}
TABLE = [{"item": "按约定办理", "owner": "责任部门", "done": "是"}]
PART = "已核对"


class Usual:
    """Payloads by kind of fact: what closes duties carries its evidence, what opens them what its conditions ask.

    The values that depend on the moment or on who acts stand as marks: `$day`, `$moment`, `$person`, `$people`,
    `$department`, `$departments`, `$file`, `$files`.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        needed = self._needed()
        self._payloads = {
            name: {key: self._value(key, type_) for key, type_ in fact.payload.items() if key in needed[name]}
            for name, fact in rulebook.facts.items()
        }
        self.marked = {
            name: tuple(key for key, value in payload.items() if isinstance(value, str) and value.startswith("$"))
            for name, payload in self._payloads.items()
        }

    def of(self, name: str) -> Mapping[str, Any]:
        """The usual payload of a kind of fact; raises `KeyError` for one that the edition does not know."""
        return self._payloads[name]

    def _needed(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {name: set() for name in self._rulebook.facts}
        for term in self._rulebook.terms.values():
            for name in term.closes:
                found[name].update(self._evidence(term, self._rulebook.facts[name]))
            for name in term.opens:
                found[name].update(term.where)
        return found

    def _evidence(self, term: Term, fact: FactKind) -> Iterator[str]:
        """Keys that a closing fact must carry; a list parameter asks for the key whose parts are that list."""
        if isinstance(term.evidence, str):
            yield from (key for key, type_ in fact.payload.items() if type_ == f"parts:{term.evidence}")
        else:
            yield from (key for key in term.evidence if key in fact.payload)

    def _value(self, key: str, type_: str) -> Any:
        kind, _colon, rest = type_.partition(":")
        if kind == "text":
            return _TEXTS.get(key, "按约定办理")
        if kind == "word":
            return rest.partition("|")[0]
        if kind in ("words", "parts"):
            listed = self._rulebook.params[rest.removeprefix("$")].value
            words = listed if isinstance(listed, tuple) else (str(listed),)
            return words[0] if kind == "words" else dict.fromkeys(words, PART)
        if kind == "table":
            return TABLE
        return _FIXED.get(kind, _MARKS.get(kind, PART))


_MARKS = {
    "date": "$day",
    "time": "$moment",
    "person": "$person",
    "people": "$people",
    "department": "$department",
    "departments": "$departments",
    "document": "$file",
    "documents": "$files",
}
