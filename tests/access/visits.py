"""Every address of the application with arguments that exist, and what its form would send when nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from aftersign.demo.cast import TEAM
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Customer, Order
from tests.access.stage import Set, Stage
from tests.firm import PASSWORD

Sent = dict[str, Any]
API = "api:"
"""How the names of the routes for programs begin, which have a table of their own."""
_NO_ROWS = {f"{name}-rows": "0" for name in ("papers", "lines", "milestones", "criteria", "contacts")}


def names(resolver: URLResolver | None = None, above: str = "") -> Iterator[str]:
    """The name of every route, with its namespace; one without a name raises `ValueError`."""
    for each in (get_resolver() if resolver is None else resolver).url_patterns:
        if isinstance(each, URLResolver):
            yield from names(each, above + (f"{each.namespace}:" if each.namespace else ""))
        elif not each.name:
            raise ValueError(f"the route {each.pattern} has no name")
        else:
            yield above + each.name


def _id(account: str) -> Any:
    return Person.objects.get(account=account).pk


def _pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 \n")


def _day(days: int = 0) -> str:
    return (timezone.localtime(now()).date() + timedelta(days=days)).isoformat()


def _of(state: str, *more: Callable[[Set], Any]) -> Callable[[Stage, str], list[Any]]:
    """Arguments that begin with the number of the order in a state."""

    def args(stage: Stage, side: str) -> list[Any]:
        chosen = stage.sides[side]
        return [getattr(chosen, state).number, *(each(chosen) for each in more)]

    return args


_SENT, _FRESH, _ACCEPTED = _of("sent"), _of("fresh"), _of("accepted")
_COPY = _of("sent", lambda chosen: "project")
_QUESTION = _of("sent", lambda chosen: chosen.question.pk)
_FORM = _of("sent", lambda chosen: 1)
_VIEW: Callable[[Stage, str], list[Any]] = lambda stage, side: [stage.view.pk]  # noqa: E731
_IN_FORCE: Callable[[Stage, str], list[Any]] = lambda stage, side: ["2"]  # noqa: E731
_OF_PEOPLE = tuple(
    f"general:{page}" for page in ("person", "move_person", "account", "password", "leave", "name_deputy")
)
_OF_DEPARTMENTS = tuple(f"general:{page}" for page in ("department", "change_department", "close_department"))
ARGS: dict[str, Callable[[Stage, str], list[Any]]] = {
    "shell:draft": lambda stage, side: ["order.register", "-"],
    "shell:view_save": lambda stage, side: ["orders"],
    "shell:view_change": _VIEW,
    "shell:view_delete": _VIEW,
    "notice-follow": lambda stage, side: [stage.notice.pk],
    **dict.fromkeys(
        (*_OF_PEOPLE, "shell:sign_ins_of", "shell:end_sign_ins_of", "shell:reset_factor"),
        lambda stage, side: [stage.sides[side].sent.sales_owner_id],
    ),
    "general:end_deputy": lambda stage, side: [stage.sides[side].sent.sales_owner_id, _id("tangjie")],
    **dict.fromkeys(_OF_DEPARTMENTS, lambda stage, side: [Department.objects.get(code="marketing").pk]),
    "general:post": lambda stage, side: ["coordinator"],
    **dict.fromkeys(("general:calendar_year", "general:change_calendar"), lambda stage, side: [2031]),
    "duty": lambda stage, side: [stage.sides[side].duty.pk],
    "take": lambda stage, side: [stage.sides[side].duty.pk],
    **dict.fromkeys(
        ("general:hand_on", "general:waiver", "general:extension"), lambda stage, side: [stage.sides[side].duty.pk]
    ),
    **dict.fromkeys(
        ("general:request", "general:approve", "general:refuse", "general:take_back"),
        lambda stage, side: [stage.sides[side].exception.pk],
    ),
    "general:withdraw": lambda stage, side: [stage.sides[side].fact.pk],
    "general:release": lambda stage, side: [stage.sides[side].refused.pk],
    **dict.fromkeys(
        ("order-table", "order-table-take", "order-table-again", "order-table-wrong"),
        lambda stage, side: [stage.sides[side].table.pk],
    ),
    "clause": lambda stage, side: ["2.1.3"],
    "help-page": lambda stage, side: ["my-work"],
    "compliance-cell": lambda stage, side: ["2.1.3", stage.sides[side].sent.number],
    **dict.fromkeys(
        (
            "final:edition",
            "final:compare",
            "final:download",
            "final:parameters",
            "final:questions",
            "final:grades",
            "final:files",
            "final:tell",
        ),
        _IN_FORCE,
    ),
    **dict.fromkeys(("final:issue", "final:withdraw"), lambda stage, side: ["3"]),
    "orders:defaults_of": lambda stage, side: ["sales"],
    "orders:customer": lambda stage, side: [Customer.objects.get().number],
    **dict.fromkeys(("orders:paper", "orders:paper_file"), lambda stage, side: [stage.sides[side].paper.pk]),
    "orders:paper_preview": lambda stage, side: [stage.sides[side].paper.pk, 1],
    "orders:document": lambda stage, side: [stage.sides[side].sealed.pk],
    "handover:form": _FRESH,
    "handover:version": _FORM,
    "handover:printed": _FORM,
    "handover:check": _FORM,
    "handover:seal": _FORM,
    "handover:sealed": _of("accepted", lambda chosen: 1),
    "handover:sign": _SENT,
    "handover:signature": _of("accepted", lambda chosen: chosen.signature("finance").pk),
    "handover:unsign": _of("accepted", lambda chosen: chosen.signature("finance").pk),
    "handover:scan": _of("accepted", lambda chosen: chosen.signature("customer_service").pk),
    "handover:original": _FRESH,
    "handover:receipt": _of("accepted"),
    "handover:correction": _ACCEPTED,
    "handover:answer": _QUESTION,
    "handover:withdraw": _QUESTION,
    **dict.fromkeys(("handover:copy", "handover:paper", "handover:return", "handover:ask", "handover:recall"), _COPY),
    **dict.fromkeys(("handover:explain", "handover:correct_form", "order-duties", "orders:order"), _SENT),
    **dict.fromkeys(("orders:activity", "orders:edit", "orders:team"), _SENT),
    "orders:complete": _ACCEPTED,
    **dict.fromkeys(("orders:close", "orders:suspend", "orders:resume", "orders:terminate"), _SENT),
}


def address(route: str, stage: Stage, side: str) -> str:
    """Where a route leads on one side of the stage."""
    return reverse(route, args=ARGS[route](stage, side) if route in ARGS else [])


def _registration(chosen: Set) -> Sent:
    said = {"customer": Customer.objects.get().name, "contract_no": "HT-2026-0999", "title": "新订单", "kind": "sales"}
    said |= {"amount": "100,000.00", "currency": "CNY", "tax_rate": "13", "signed_on": _day(), "delivery_on": _day(60)}
    return said | _NO_ROWS | {"sales_owner": str(Person.objects.get(account="wumin").pk)}


def _edit(order: Order) -> Sent:
    said = {"title": "改名", "contract_no": order.contract_no, "kind": order.kind, "currency": order.currency}
    said |= {"signed_on": order.signed_on.isoformat(), "amount": str(order.amount), "_version": str(order.version)}
    return said | _NO_ROWS


def _team(chosen: Set) -> Sent:
    said = {"_version": str(chosen.sent.version), "sales": str(chosen.sent.sales_owner_id)}
    for post, (one, two) in TEAM.items():
        said |= {
            post: str(Person.objects.get(account=two).pk),
            f"deputy-{post}": str(Person.objects.get(account=one).pk),
        }
    return said


def _completion(chosen: Set) -> Sent:
    said = {"accepted_by": "高珊", "accepted_on": _day(), "warranty_until": "", "acceptance": _pdf("验收单.pdf")}
    return said | {"_version": str(chosen.accepted.version)}


def _signature(chosen: Set) -> Sent:
    copy = chosen.copy
    said = {"_form": "AcceptForm", "_version": str(copy.version), "check_value": copy.form.check_value}
    said |= {"papers": "on", "responsibility": "按本版负责", "password": PASSWORD}
    return said | {f"point-{row['no']}": "on" for row in copy.form.content.key_points}


def _paper(chosen: Set) -> Sent:
    said = {"_form": "PaperForm", "scan": _pdf("签字件.pdf"), "code": chosen.copy.form.check_value[:16]}
    said |= {"signer": str(Person.objects.get(account="linxiaolan").pk), "signed_on": _day(), "place": "A-12"}
    return _signature(chosen) | said | {"keeper": str(Person.objects.get(account="sunqian").pk)}


def _return(chosen: Set) -> Sent:
    copy, item = chosen.copy, "customer_requirements.R1"
    said = {"_form": "ReturnForm", "_version": str(copy.version), "check_value": copy.form.check_value}
    return said | {f"return-{item}": "on", f"reason-{item}": "lacking", f"text-{item}": "缺第 4 页"}


def _form(chosen: Set) -> Sent:
    said = {"_form": "FillForm", "contact": "高珊", "acceptance": "按需求书验收", "responsibility": "内容属实"}
    said |= {"customer_requirements-rows": "1", "customer_requirements-0-statement": "按合同交付"}
    said |= {"customer_requirements-0-priority": "must", "special_matters-rows": "1", "special_matters-none": "on"}
    return said | {"password": PASSWORD}


def _original(chosen: Set) -> Sent:
    said = {"_form": "OriginalForm", "keeper": str(Person.objects.get(account="sunqian").pk), "place": "A-12"}
    return said | {"receipt": _pdf("收据.pdf")}


def _explanation(chosen: Set) -> Sent:
    held = timezone.localtime(now()) - timedelta(minutes=5)
    said = {"_form": "ExplainForm", "held_at": held.strftime("%Y-%m-%dT%H:%M"), "channel": "online"}
    people = [str(Person.objects.get(account="linxiaolan").pk)]
    return said | {"copies": [str(chosen.copy.pk)], "attendees": people, "points": ["S1"]}


def _reason(chosen: Set) -> Sent:
    return {"_form": "ReasonForm", "reason": "已当面说明"}


def _person(chosen: Set) -> Sent:
    department = str(Department.objects.get(code="finance").pk)
    return {"name": "新人", "account": "xinren", "department": department, "language": "zh-hans"}


SENT: dict[str, Callable[[Set], Sent]] = {
    "account_login": lambda chosen: {"login": "wumin", "password": PASSWORD},
    "account_change_password": lambda chosen: {
        "oldpassword": PASSWORD,
        "password1": "another long password",
        "password2": "another long password",
    },
    "account_reauthenticate": lambda chosen: {"password": PASSWORD},
    "shell:preferences": lambda chosen: {"language": "zh-hant"},
    "shell:draft": lambda chosen: {"title": "没写完"},
    "opened": lambda chosen: {"kind": "order", "id": str(chosen.sent.pk)},
    "shell:view_save": lambda chosen: {"label": "新视图", "query": "grade=A", "next": "/orders/"},
    "shell:view_change": lambda chosen: {"query": "grade=A", "next": "/orders/"},
    "shell:samples": lambda chosen: {"customer": "海川", "amount": "12", "kind": "project"},
    "general:new_person": _person,
    "general:move_person": _person,
    "general:account": lambda chosen: {"is_active": "on", "is_auditor": "on"},
    "general:leave": lambda chosen: {"left_on": _day(), "successor": "陆建", "step": "leave"},
    "general:new_department": lambda chosen: {"name": "华东分部"},
    "general:change_department": lambda chosen: {"name": "市场部", "code": "marketing", "head": "lujian"},
    "general:close_department": lambda chosen: {"reason": "并入销售部"},
    "general:change_calendar": lambda chosen: {"step": "look", "days-rows": "1", "days-0-day": "2031-05-07"},
    "general:post": lambda chosen: {"holder": "陆建 lujian", "from_on": _day()},
    "general:name_deputy": lambda chosen: {"deputy": "heqing", "from_on": _day(), "until": _day(3)},
    "orders:register": _registration,
    "orders:adopt": lambda chosen: _registration(chosen) | {"stage": "executing"},
    "orders:new_customer": lambda chosen: {"name": "新客户有限公司", "contacts-rows": "0"},
    "orders:customer": lambda chosen: {"name": "改名客户", "contacts-rows": "0"},
    "orders:edit": lambda chosen: _edit(chosen.sent),
    "orders:team": _team,
    "orders:complete": _completion,
    "orders:suspend": lambda chosen: {"_form": "SuspensionForm", "reason": "客户停产"},
    "orders:terminate": lambda chosen: {"_form": "TerminationForm", "reason": "取消", "settled_how": "退款"},
    "orders:resume": lambda chosen: {"reason": "客户复产"},
    "handover:form": _form,
    "handover:explain": _explanation,
    "handover:original": _original,
    "handover:correction": lambda chosen: {
        "_form": "CorrectionForm",
        "item": "basic_information.acceptance",
        "new": "按附件验收",
        "cause": "抄错",
    },
    "general:hand_on": lambda chosen: {"to": str(Person.objects.get(account="dengkai").pk), "reason": "出差"},
    "general:waiver": lambda chosen: {"until": _day(20), "reason": "客户暂停"},
    "general:extension": lambda chosen: {"day": _day(4), "reason": "客户资料未到"},
    "general:refuse": lambda chosen: {"_form": "RefusalForm", "reason": "理由不充分"},
    "general:approve": lambda chosen: {"_form": "ApprovalForm", "_version": str(chosen.exception.version)},
    "general:take_back": lambda chosen: {"_form": "TakingBackForm"},
    "general:withdraw": lambda chosen: {"reason": "问错了订单"},
    "general:release": lambda chosen: {"term": "2.1.3.e", "reason": "客户下落不明"},
    "handover:answer": lambda chosen: {"_form": "AnswerForm", "text": "由总包方供电"},
    "handover:withdraw": _reason,
    "handover:recall": _reason,
    "handover:copy": _signature,
    "handover:paper": _paper,
    "handover:return": _return,
    "handover:ask": lambda chosen: {"_form": "AskForm", "text": "几家单位？"},
}
