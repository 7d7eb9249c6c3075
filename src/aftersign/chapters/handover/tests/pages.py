"""The pages of the handover as people open them, on the default policy."""

from __future__ import annotations

from typing import Any

from django.test import Client

from aftersign.chapters.handover.tests.rig import Firm


def sign_in(firm: Firm, account: str) -> Client:
    """A browser in which a person has signed in."""
    client = Client()
    client.force_login(firm.people[account])
    return client


def address(firm: Firm, rest: str = "") -> str:
    """A page under the handover of the order."""
    return f"/orders/{firm.order.number}/handover/{rest}"


def text_of(response: Any) -> str:
    """What stands on a page."""
    return str(response.content.decode())


def filled(firm: Firm, **changes: Any) -> dict[str, Any]:
    """The form as a browser sends it when one requirement has been written and the rest signed as none."""
    sent = {
        "_form": "FillForm",
        "contact": "高珊，信息部经理",
        "acceptance": "按需求书验收",
        "customer_requirements-rows": "1",
        "customer_requirements-0-statement": "采集 6 类设备的数据",
        "customer_requirements-0-priority": "must",
        "special_matters-rows": "1",
        "special_matters-none": "on",
        "negotiation_record": "电话议价，没有书面记录",
        "responsibility": "内容真实完整。",
        "password": "a long enough password",
    }
    return sent | changes
