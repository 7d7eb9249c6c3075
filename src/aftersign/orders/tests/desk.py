"""Somebody at their desk: signed in, with files of their own, and what their browser sends."""

from __future__ import annotations

import gzip
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from aftersign.orders.entries import LineEntry, MemberEntry, MilestoneEntry
from aftersign.orders.models import Order
from aftersign.orders.tests.rig import Firm, paper

PDF = b"%PDF-1.7\n1 0 obj\n"
BUDGET = 20_000


@pytest.fixture(autouse=True)
def kept_files(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def wumin(firm: Firm) -> Client:
    return signed_in(firm, "wumin")


def signed_in(firm: Firm, account: str) -> Client:
    client = Client()
    client.force_login(firm.people[account])
    return client


def size(answer: Any) -> int:
    return len(gzip.compress(answer.content, 6))


def sent(**other: Any) -> dict[str, Any]:
    """What a browser sends for a complete registration, with some things said otherwise."""
    said = {
        "customer": "海川水务集团有限公司",
        "contract_no": "HT-2026-0236",
        "title": "海川水务三期",
        "kind": "project",
        "amount": "1,260,000.00",
        "currency": "CNY",
        "tax_rate": "13",
        "signed_on": "2026-01-20",
        "delivery_on": "2027-02-26",
        "sales_owner": "",
        "_key": "key",
        "papers-rows": "0",
        "lines-rows": "0",
        "milestones-rows": "0",
        "criteria-rows": "0",
        "contacts-rows": "0",
    }
    return said | other


def full(firm: Firm) -> Order:
    """An order with everything it may have, under names of sixty characters."""
    return firm.order(
        title="长" * 60,
        lines=tuple(LineEntry(name="监测站" * 20, quantity=Decimal(2), unit_price=Decimal(100)) for _n in range(20)),
        milestones=tuple(MilestoneEntry(name="款" * 60, percent=Decimal(25)) for _n in range(4)),
        papers=tuple(paper(name=f"{'名' * 56}{n}.pdf", mark="abcd"[n]) for n in range(4)),
        team=(MemberEntry(post="project_manager", person=firm.people["linxiaolan"].pk),),
    )
