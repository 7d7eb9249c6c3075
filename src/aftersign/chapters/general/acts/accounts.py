"""Acts on accounts: what they may do beside their owner's work, whether they are open, and a new password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.kernel.access import sessions
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import other_administrators

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other."""
GROUPS, GROUP = 4, 4


@dataclass(frozen=True)
class Secret:
    """A password in the clear, which shows itself nowhere but where it is asked for."""

    text: str = field(repr=False)

    @classmethod
    def new(cls) -> Secret:
        """A password that nobody has had before, in groups that can be read out: eighty random bits."""
        groups = ("".join(secrets.choice(LETTERS) for _place in range(GROUP)) for _group in range(GROUPS))
        return cls("-".join(groups))


def let_in_with(person: Person, password: Secret | None) -> None:
    """Give a person a password that they have to replace by one of their own; None changes nothing."""
    if password is not None:
        person.set_password(password.text)
        person.must_change_password = True


@act("general.change_account", capability="general.change_account")
def change_account(person: Person, *, is_administrator: bool, is_auditor: bool, is_active: bool, by: Actor) -> Person:
    """An account may do more or less from now on, or is closed or opened again.

    Raises `Refused` for the last administrator who could sign in, for rights given to oneself, and for somebody who
    has left.
    """
    if person.left_on is not None:
        raise Refused.because(_("%(name)s no longer works here.") % {"name": person.name})
    before = {"administrator": person.is_administrator, "auditor": person.is_auditor, "enabled": person.is_active}
    after = {"administrator": is_administrator, "auditor": is_auditor, "enabled": is_active}
    changed: dict[str, Any] = {key: value for key, value in after.items() if value != before[key]}
    if person.pk in by.hands and any(changed.values()):
        raise Refused.because(_("Nobody gives rights to themselves; let another administrator do it."))
    if person.is_administrator and not (is_administrator and is_active) and not other_administrators(person):
        raise Refused.because(_("%(name)s is the only administrator; name another first.") % {"name": person.name})
    if changed:
        person.is_administrator, person.is_auditor, person.is_active = is_administrator, is_auditor, is_active
        person.save()
        state(facts.AccountChanged(about=person, **changed))
    return person


@act("general.give_password", capability="general.give_password")
def give_password(person: Person, *, password: Secret, by: Actor) -> Person:
    """Somebody gets a new password, because theirs is forgotten; whoever is signed in with the old one is out."""
    if person.left_on is not None:
        raise Refused.because(_("%(name)s no longer works here.") % {"name": person.name})
    let_in_with(person, password)
    person.save()
    sessions.end(person)
    state(facts.PasswordGiven(about=person))
    return person
