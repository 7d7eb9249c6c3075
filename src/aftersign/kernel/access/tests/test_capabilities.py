"""Who has a capability: auditors have none but those that are open to them, whatever else they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, administrator, auditor, themselves
from aftersign.kernel.org.models import Person

ANYBODY = Predicate("anybody", lambda actor, unit: True)


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Capabilities of every kind."""
    kinds = {"do": ANYBODY, "look": administrator | auditor, "settle": ANYBODY | administrator, "mine": themselves}
    kinds |= {"both": ANYBODY & administrator}
    monkeypatch.setattr(capabilities, "_capabilities", kinds)


def may(actor: Actor) -> set[str]:
    """What somebody may, on themselves."""
    return {name for name in capabilities.declared() if capabilities.allowed(actor, name, actor.person)}


@pytest.mark.usefixtures("declared")
def test_an_auditor_reads_and_states_nothing() -> None:
    clerk = Actor("person", person=Person(account="clerk"))
    assert may(clerk) == {"do", "settle", "mine"}
    assert may(replace(clerk, person=Person(account="clerk", is_auditor=True))) == {"look", "mine"}


@pytest.mark.usefixtures("declared")
def test_an_auditor_who_is_administrator_sees_to_people_and_settings() -> None:
    both = Actor("person", person=Person(account="both", is_auditor=True, is_administrator=True))
    assert may(both) == {"look", "settle", "mine"}


@pytest.mark.usefixtures("declared")
def test_a_deputy_of_an_auditor_has_what_the_auditor_has() -> None:
    away, deputy = Person(account="away", is_auditor=True), Person(account="deputy")
    assert not capabilities.allowed(Actor("person", person=deputy, on_behalf_of=away), "do", None)
    assert capabilities.allowed(Actor("person", person=deputy, on_behalf_of=away), "look", None)
