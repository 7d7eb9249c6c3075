"""What is written is signed as it was written or not at all, and everything that is wrong is said at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from aftersign.chapters.handover.models import Handover
from aftersign.chapters.handover.tests.pages import address, filled, sign_in, text_of
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover.tests.rig import Firm, add_paper
from aftersign.kernel.clock import frozen

DONE, UNPROCESSABLE = 303, 422


def beside(firm: Firm, **parts: str) -> dict[str, str]:
    """What a page sends beside the contract on the list of papers."""
    paper = firm.order.papers.get(kind="contract")
    return {f"paper-{paper.pk}-{part}": said for part, said in parts.items()}


def problems(page: str) -> list[str]:
    """The targets of the error summary, in its order."""
    summary = page.partition("data-error-summary")[2].partition("</div>")[0]
    return [found or "" for found in re.findall(r'<li>(?:<a href="#([^"]+)")?', summary)]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        *(("copies", said) for said in ("-1", "abc", "0", "1000", "1.5", "")),
        ("version", "v" * 21),
        ("version", ""),
        ("holder", "某" * 61),
    ],
)
def test_what_cannot_stand_beside_a_paper_is_refused_and_stays_on_the_page(firm: Firm, part: str, said: str) -> None:
    sent = beside(firm, **{part: said})
    (name,) = sent

    response = sign_in(firm, "wumin").post(address(firm), filled(firm, **sent))

    page = text_of(response)
    assert response.status_code == UNPROCESSABLE
    assert problems(page) == [f"id_{name}"]
    assert re.search(rf'<span class="em" id="id_{name}_error">[^<]+</span><input[^>]*id="id_{name}"', page)
    assert f'value="{said}"' in page or not said
    assert not Handover.objects.exists()


def test_what_stands_beside_a_paper_is_signed_as_it_was_written(firm: Firm) -> None:
    sent = beside(firm, copies="999", version="v" * 20, holder="财务部")

    assert sign_in(firm, "wumin").post(address(firm), filled(firm, **sent)).status_code == DONE

    signed = next(each for each in firm.form.content.documents if each.kind == "contract")
    assert (signed.copies, signed.version, signed.holder) == (999, "v" * 20, "财务部")


def test_a_paper_that_came_after_the_page_was_made_stands_as_it_came(firm: Firm) -> None:
    sent = filled(firm, **beside(firm, copies="2", version="7", holder=""))
    add_paper(firm.order, "contract", "补充协议.pdf")

    page = text_of(sign_in(firm, "wumin").post(address(firm), sent | {"_add_row": "documents"}))

    assert re.search(r'value="7"[^>]*-version"|-version"[^>]*value="7"', page)
    assert re.search(r'value="2"[^>]*-version"|-version"[^>]*value="2"', page)


@pytest.mark.parametrize(
    "both",
    [
        {"customer_requirements-none": "on"},
        {
            "special_matters-0-text": "数据不出厂",
            "special_matters-0-nature": "confidentiality",
        },
    ],
)
def test_a_part_is_not_both_filled_in_and_signed_as_none(firm: Firm, both: dict[str, Any]) -> None:
    response = sign_in(firm, "wumin").post(address(firm), filled(firm, **both))

    part = "customer_requirements" if "customer_requirements-none" in both else "special_matters"
    page = text_of(response)
    assert response.status_code == UNPROCESSABLE
    assert problems(page) == [f"id_{part}-none"]
    footer = page.partition('<footer class="none er">')[2].partition("</footer>")[0]
    assert f'id="id_{part}-none" checked' in footer
    assert 'class="em"' in footer
    assert not Handover.objects.exists()


@pytest.mark.parametrize("password", ["", "wrong", "a long enough password"])
def test_all_that_is_wrong_is_said_at_once_and_counted_once(db: None, password: str) -> None:
    firm = found_under_the_policy()
    empty = {"special_matters-none": "", "negotiation_record": "", "customer_requirements-0-statement": ""}

    with frozen(at(18, 10)):
        response = sign_in(firm, "wumin").post(address(firm), filled(firm, **empty, password=password))

    wanted = ["id_customer_requirements-none", "id_special_matters-none", "id_negotiation_record"]
    if password != "a long enough password":
        wanted.append("id_password")
    page = text_of(response)
    assert response.status_code == UNPROCESSABLE
    assert sorted(problems(page)) == sorted(wanted)
    assert f"还有 {len(wanted)} 处需要修改" in page
    summary = page.partition("data-error-summary")[2].partition("</ul>")[0]
    assert len(set(re.findall(r"<li><a[^>]*>([^<]+)", summary))) == len(wanted)
    assert summary.count('class="cl"') == 3
    assert not Handover.objects.exists()
