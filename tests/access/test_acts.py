"""Every act has a capability, and the capability is had by those whom the access table names."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts import doorway
from aftersign.kernel.org.queries import company
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import DEFAULT
from tests.access.stage import Set, Stage, actor_of, deputy_of
from tests.access.table import SIDES, TABLE
from tests.product import acts

UNITS: dict[str, Any] = {
    "company": lambda chosen: company(),
    "order": lambda chosen: chosen.sent,
    "person": lambda chosen: chosen.sent.sales_owner,
    "department": lambda chosen: chosen.copy.department,
    "handover_copy": lambda chosen: chosen.copy,
    "question": lambda chosen: chosen.question,
    "duty": lambda chosen: chosen.duty,
    "exception_request": lambda chosen: chosen.exception,
    "fact": lambda chosen: chosen.fact,
    "edition": lambda chosen: Edition.objects.get(version="3"),
}


def unit(chosen: Set, kind: str) -> Any:
    """What an act is done on."""
    return UNITS[kind](chosen)


def test_every_act_has_a_line_and_every_line_an_act() -> None:
    lacking, void = sorted(acts().keys() - TABLE.acts.keys()), sorted(TABLE.acts.keys() - acts().keys())
    assert not lacking, f"docs/guide/access.toml does not say who may do {', '.join(lacking)}."
    assert not void, f"docs/guide/access.toml speaks of acts that are not declared: {', '.join(void)}."


BESIDE_THE_JOURNAL = frozenset({"access.end_sign_ins", "access.read_audit", "access.reset_factor"})
"""What is asked where sign-ins are looked after: that writes the audit log, which stands beside the journal."""


def test_every_act_asks_for_a_capability_that_is_declared() -> None:
    unknown = {act.name: act.capability for act in acts().values() if not capabilities.known(act.capability)}
    assert not unknown, f"Nobody has said who has these capabilities: {unknown}."
    idle = capabilities.declared().keys() - {act.capability for act in doorway.declared().values()} - BESIDE_THE_JOURNAL
    assert not idle, f"No act asks for these capabilities: {', '.join(sorted(idle))}."


def test_every_act_has_a_label_in_the_default_edition() -> None:
    known = tomllib.loads((DEFAULT / "acts.toml").read_text(encoding="utf-8"))["acts"]
    ceremonies = {
        f"handover.{each}"
        for each in ("send_and_sign", "sign_and_send", "correct_and_resend", "sign_for_copy", "withdraw_signature")
    }
    set_up_alone = {name for name, row in TABLE.acts.items() if row.because == "operating account"}
    missing = sorted(acts().keys() - known.keys() - ceremonies - set_up_alone)
    assert not missing, f"acts.toml of the default edition has no label for {', '.join(missing)}."


@pytest.mark.parametrize("name", TABLE.acts)
def test_the_predicate_is_the_one_in_the_table(name: str) -> None:
    assert capabilities.declared()[acts()[name].capability].name == TABLE.acts[name].because


@pytest.mark.parametrize("role", TABLE.roles)
def test_a_role_has_the_capabilities_that_the_table_gives_it(stage: Stage, role: str) -> None:
    actor, wrong = actor_of(role), []
    for name, row in TABLE.acts.items():
        for side in SIDES:
            may = actor is not None and capabilities.allowed(
                actor, acts()[name].capability, unit(stage.sides[side], row.on)
            )
            if may != TABLE.may(row.may, role, side):
                wrong.append(f"{role} {'may' if may else 'may not'} {name} on the {side} {row.on}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in TABLE.roles if role != "stranger"])
def test_a_deputy_has_the_capabilities_of_whoever_they_act_for(stage: Stage, role: str) -> None:
    own, deputy = actor_of(role), deputy_of(role)
    for name, row in TABLE.acts.items():
        for side in SIDES:
            on, capability = unit(stage.sides[side], row.on), acts()[name].capability
            may = own is not None and capabilities.allowed(own, capability, on)
            assert capabilities.allowed(deputy, capability, on) == may, f"{name} on the {side} {row.on}"


def test_the_operating_account_does_what_sets_up_and_no_more(stage: Stage) -> None:
    by = operating("setup")
    for name, row in TABLE.acts.items():
        may = capabilities.allowed(by, acts()[name].capability, unit(stage.sides["own"], row.on))
        assert may == ("operating account" in row.because), name
