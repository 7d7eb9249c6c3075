"""A small department of acts to test the doorway with, and hooks that let everything pass."""

from __future__ import annotations

from dataclasses import dataclass

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, declare
from aftersign.kernel.acts.doing import Doing, state
from aftersign.kernel.acts.doorway import Act, act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.facts import Fact
from aftersign.kernel.org.models import Department

HOOKS = {
    "ACT_GATEKEEPER": "aftersign.kernel.acts.tests.doorway_rig.let_pass",
    "JOURNAL_PROJECTOR": "aftersign.kernel.acts.tests.doorway_rig.derive_nothing",
}


def let_pass(doing: Doing, known: Act) -> None:
    """A gatekeeper without a policy."""


def derive_nothing(doing: Doing) -> None:
    """A projector without a policy."""


@dataclass(frozen=True, kw_only=True)
class Renamed(Fact, name="rig.renamed", unit="department", private=("old",)):
    """A department got another name."""

    old: str
    new: str


declare("rig.rename", Predicate("not called Nobody", lambda actor, unit: actor.name != "Nobody"))


@act("rig.rename", capability="rig.rename")
def rename(department: Department, *, name: str, by: Actor) -> Department:
    """Give a department another name; an empty one is refused after the row has been changed."""
    old, department.name = department.name, name
    department.save()
    state(Renamed(about=department, old=old, new=name))
    if not name:
        raise Refused.because("A department has a name.")
    return department


@act("rig.rename_twice", capability="rig.rename")
def rename_twice(department: Department, *, first: str, second: str, by: Actor) -> Department:
    """Rename by way of another act, twice in one passage."""
    rename(department, name=first, by=by)
    return rename(department, name=second, by=by)
