"""A signature taken back by one press while it is fresh and alone, with what went out with it; else what remains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem, Signature
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover.tests.race import at_once
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm
from aftersign.chapters.handover.tests.test_main_line import give_back
from aftersign.chapters.handover.tests.test_under_the_policy import POINT, accept, duty, form, send
from aftersign.kernel.acts import withdrawing
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal.models import Entry
from aftersign.policy.models import Duty, StatedFact
from aftersign.policy.rebuild import rebuild

DONE, FORBIDDEN, UNPROCESSABLE = 303, 403, 422
SOON, LATE = timedelta(minutes=9, seconds=59), timedelta(minutes=10, seconds=1)
BEGUN = at(21)


@pytest.fixture
def signed(db: None) -> Firm:
    """A company under the default policy, its order handed over on Monday morning."""
    firm = found_under_the_policy()
    with frozen(BEGUN):
        send(firm)
    return firm


def last(firm: Firm) -> Signature:
    """The signature given last."""
    return Signature.everything.filter(order=firm.order).latest("pk")


def press(firm: Firm, who: str, row: Signature) -> Any:
    """The button under a signature, as a browser sends it."""
    return sign_in(firm, who).post(address(firm, f"signatures/{row.pk}/withdraw/"))


def take_back(firm: Firm, who: str, row: Signature) -> None:
    acts.withdraw_signature(row.copy or firm.order, signature=row.pk, by=firm.actor(who))


def picture(firm: Firm) -> object:
    """Everything that a refusal must leave as it was."""
    rows = (firm.order.handover.__class__, HandoverCopy, ReturnItem)
    kept = [list(kind.objects.order_by("pk").values()) for kind in rows]
    return [*kept, list(Signature.everything.order_by("pk").values()), Entry.objects.count(), states(firm)]


def states(firm: Firm) -> list[tuple[str, str]]:
    return list(Duty.objects.filter(order=firm.order).order_by("pk").values_list("term", "state"))


def correct(firm: Firm) -> None:
    said: dict[str, Any] = {"note": "改了", "responsibility": "属实", "answers": {}}
    said["answers"] = {row.pk: "已补" for row in ReturnItem.objects.filter(answer="")}
    better = form(firm, statement="Fifty reports")
    acts.correct_and_resend(firm.order, content=better, **said, by=firm.actor("wumin"))


def test_a_receiver_takes_back_by_one_press_from_the_block(signed: Firm) -> None:
    with frozen(BEGUN + timedelta(hours=1)):
        accept(signed, "finance", "hejing")
        row = last(signed)
    with frozen(BEGUN + timedelta(hours=1) + SOON):
        page = text_of(sign_in(signed, "hejing").get(address(signed, "finance/")))
        assert f'action="{address(signed, f"signatures/{row.pk}/withdraw/")}"' in page
        assert "撤回" in page
        assert "/withdraw/" not in text_of(sign_in(signed, "wumin").get(address(signed)))
        assert press(signed, "hejing", row).status_code == DONE
        page = text_of(sign_in(signed, "hejing").get(address(signed)))
    assert signed.copy("finance").state == "sent"
    assert Entry.objects.latest("sequence").fact == "general.fact_withdrawn"
    assert "已撤回" in page
    assert duty(signed, "handover.copy_sent", "handover.copy_accepted", signed.copy("finance")).state == "open"
    with frozen(at(21, 13)):
        accept(signed, "finance", "hejing")
    assert [each.former for each in queries.standing(signed.order).blocks if each.former] == [(row,)]
    assert rebuild().different == []


def test_after_ten_minutes_the_press_is_refused_with_what_remains(signed: Firm) -> None:
    with frozen(BEGUN):
        accept(signed, "finance", "hejing")
    before = picture(signed)
    with frozen(BEGUN + LATE):
        client = sign_in(signed, "hejing")
        assert "/withdraw/" not in text_of(client.get(address(signed, "finance/")))
        answer = press(signed, "hejing", last(signed))
    assert answer.status_code == UNPROCESSABLE
    assert "签字已过十分钟，不能直接撤回" in text_of(answer)
    assert picture(signed) == before


def test_the_last_signature_takes_the_completion_along_and_an_earlier_one_stays(signed: Firm) -> None:
    with frozen(BEGUN):
        accept(signed, "project", "linxiaolan")
        first = last(signed)
        accept(signed, "customer_service", "zhouyan")
        accept(signed, "finance", "hejing")
    with frozen(BEGUN + SOON):
        before = picture(signed)
        with pytest.raises(Refused, match="已有后续办理：交接已完成"):
            take_back(signed, "linxiaolan", first)
        assert picture(signed) == before
        take_back(signed, "hejing", last(signed))
    signed.order.refresh_from_db()
    assert (signed.order.stage, signed.handover.state) == ("signed", "distributed")
    assert rebuild().different == []


def test_nobody_takes_back_what_another_has_signed(signed: Firm) -> None:
    with frozen(BEGUN):
        accept(signed, "project", "linxiaolan")
        row, before = last(signed), picture(signed)
        with pytest.raises(Forbidden, match="林晓岚"):
            take_back(signed, "wangqiming", row)
        assert press(signed, "hejing", row).status_code == FORBIDDEN
        assert press(signed, "wumin", row).status_code == FORBIDDEN
        assert picture(signed) == before
        take_back(signed, "linxiaolan", row)
        with pytest.raises(Refused, match="已经撤回"):
            take_back(signed, "linxiaolan", row)


def test_a_giver_takes_the_first_sending_along_and_signs_it_again(signed: Firm) -> None:
    with frozen(BEGUN + SOON):
        client = sign_in(signed, "wumin")
        assert "撤回" in text_of(client.get(address(signed)))
        assert press(signed, "wumin", Signature.objects.get()).status_code == DONE
        page = text_of(client.get(address(signed)))
    assert "待移交人签字" in page
    assert f'href="{address(signed, "sign/")}"' in page
    assert (signed.handover.state, HandoverCopy.objects.exclude(state="recalled").count()) == ("submitted", 0)
    assert not Duty.objects.filter(unit_id__in=[str(each.pk) for each in HandoverCopy.objects.all()], state="open")
    assert rebuild().different == []

    with frozen(at(21, 12)):
        sent = {"_form": "SignForm", "check_value": signed.form.check_value, "responsibility": "属实"}
        assert client.post(address(signed, "sign/"), sent | {"password": "wrong"}).status_code == UNPROCESSABLE
        assert client.post(address(signed, "sign/"), sent | {"password": PASSWORD}).status_code == DONE
        accept(signed, "finance", "hejing")
    assert signed.handover.state == "distributed"
    assert {each.department.code for each in HandoverCopy.objects.exclude(state="recalled")} == {
        "project",
        "customer_service",
        "finance",
    }
    giver = queries.standing(signed.order).blocks[0]
    assert (giver.state, len(giver.former)) == ("signed", 1)
    assert rebuild().different == []


def test_a_giver_who_took_back_may_send_another_version_instead(signed: Firm) -> None:
    with frozen(BEGUN + SOON):
        take_back(signed, "wumin", Signature.objects.get())
        correct(signed)
    assert (signed.handover.state, signed.handover.latest) == ("distributed", 2)
    assert {each.form.number for each in HandoverCopy.objects.exclude(state="recalled")} == {2}
    assert rebuild().different == []


def test_a_giver_who_takes_a_new_version_back_leaves_the_copies_as_they_were(signed: Firm) -> None:
    with frozen(at(21, 11)):
        accept(signed, "project", "linxiaolan")
        give_back(signed, "finance")
    had = {each.department.code: (each.state, each.form.number) for each in HandoverCopy.objects.all()}
    fields = ("pk", "state", "form", "since", "received_at", "answered_at")
    copies = sorted(HandoverCopy.objects.values_list(*fields))
    duties = states(signed)
    with frozen(at(22, 9)):
        correct(signed)
        assert set(HandoverCopy.objects.values_list("form__number", flat=True)) == {2}
        take_back(signed, "wumin", last(signed))
    assert had == {"project": ("accepted", 1), "finance": ("returned", 1), "customer_service": ("sent", 1)}
    assert sorted(HandoverCopy.objects.values_list(*fields)) == copies
    assert {row.answer for row in ReturnItem.objects.all()} == {""}
    assert dict(states(signed)).keys() == dict(duties).keys()
    assert [state for term, state in states(signed) if (term, state) not in duties] == []
    assert rebuild().different == []
    with frozen(at(22, 10)):
        with pytest.raises(Refused, match="新版"):
            accept(signed, "customer_service", "zhouyan")
        ceremony = acts.Ceremony("属实")
        sent: dict[str, Any] = {"check_value": signed.form.check_value, "note": "改了", "ceremony": ceremony}
        acts.sign_and_send(signed.order, **sent, by=signed.actor("wumin"))
        accept(signed, "customer_service", "zhouyan")
    assert set(HandoverCopy.objects.values_list("form__number", flat=True)) == {2}
    assert rebuild().different == []


@pytest.mark.parametrize("deed", ["accept", "give_back", "late"])
def test_a_giver_takes_nothing_back_once_somebody_has_acted_or_it_is_late(signed: Firm, deed: str) -> None:
    with frozen(BEGUN):
        if deed == "accept":
            accept(signed, "finance", "hejing")
        if deed == "give_back":
            give_back(signed, "finance")
        row, before = Signature.objects.get(role="giver"), picture(signed)
    with frozen(BEGUN + (LATE if deed == "late" else SOON)):
        answer = press(signed, "wumin", row)
    assert answer.status_code == UNPROCESSABLE
    assert ("签字已过十分钟" if deed == "late" else "签字之后已有人据此办理") in text_of(answer)
    assert picture(signed) == before


def test_points_that_were_explained_hold_the_givers_signature(db: None) -> None:
    firm = found_under_the_policy()
    with frozen(BEGUN):
        send(firm, POINT)
        meeting = acts.Session(BEGUN, "online", (firm.people["hejing"],))
        acts.explain(
            firm.order, copies=(firm.copy("finance"),), session=meeting, points=("S1",), by=firm.actor("wumin")
        )
        with pytest.raises(Refused, match="据此办理"):
            take_back(firm, "wumin", Signature.objects.get())


def test_a_givers_signature_is_not_put_back(signed: Firm) -> None:
    with frozen(BEGUN + SOON):
        take_back(signed, "wumin", Signature.objects.get())
        before = picture(signed)
        gone = StatedFact.objects.filter(fact="general.fact_withdrawn")
        for fact in gone:
            with pytest.raises(Refused):
                withdrawing.withdraw(fact, reason="没有错", by=signed.actor("wumin"))
            page = sign_in(signed, "wumin").get(f"/facts/{fact.pk}/withdraw/")
            assert page.status_code == 200
    assert len(gone) == 5
    assert picture(signed) == before


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_an_acceptance_at_once_one_is_refused(transactional_db: None) -> None:
    firm = found_under_the_policy()
    with frozen(BEGUN):
        send(firm)
    row, copy, hejing = Signature.objects.get(), firm.copy("finance"), firm.actor("hejing")
    said: dict[str, Any] = {"check_value": copy.form.check_value, "points": (), "ceremony": acts.Ceremony("属实")}

    def at_nine(doing: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            with frozen(BEGUN):
                return doing()

        return run

    take = at_nine(lambda: take_back(firm, "wumin", row))
    wrong = at_once(take, at_nine(lambda: acts.sign_for_copy(copy, **said, by=hejing)))
    assert len(wrong) == 1
    assert isinstance(wrong[0], Refused)
    standing = queries.standing(firm.order)
    assert (standing.handover.state if standing.handover else "", len(standing.live), len(standing.signatures)) in (
        ("submitted", 0, 0),
        ("distributed", 3, 2),
    )
    with frozen(BEGUN):
        assert rebuild().different == []
