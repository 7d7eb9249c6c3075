"""Who acts: a person or one of the house's own hands, with what their form brought along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from aftersign.kernel.org.models import Person

ActorKind = Literal["person", "clock", "import", "setup"]


@dataclass(frozen=True)
class Actor:
    """Whoever does something, and what the doorway needs to know of the attempt.

    `key` makes a repeated attempt answer with the first result; `version` is the version of the unit that was on the
    page (None: not asked). A deputy acts for `on_behalf_of`: what may be done and seen is asked for that person
    (`standing`), both names stay on the fact, and neither of them (`hands`) may be the other side of what is done.
    `proof` is how the person has shown anew that it is them, for this attempt alone (empty: not asked).
    """

    kind: ActorKind
    person: Person | None = None
    on_behalf_of: Person | None = None
    key: str = ""
    version: int | None = None
    request_id: str = ""
    address: str = ""
    device: str = ""
    proof: str = ""

    @property
    def id(self) -> UUID | None:
        """The id of the person who acts, None for the clock."""
        return self.person.pk if self.person else None

    @property
    def is_person(self) -> bool:
        """Whether a person acts who may still act: neither disabled nor gone."""
        return (
            self.kind == "person" and self.person is not None and self.person.is_active and self.person.left_on is None
        )

    @property
    def principal(self) -> Person | None:
        """Whose rights and duties count: whoever is acted for, else whoever acts."""
        return self.on_behalf_of or self.person

    @property
    def standing(self) -> Actor:
        """The actor as rights and lists see them: whoever is acted for, as if at their own desk."""
        return replace(self, person=self.on_behalf_of, on_behalf_of=None) if self.on_behalf_of else self

    @property
    def hands(self) -> frozenset[UUID]:
        """Ids of everybody with a hand in what is done, who acts and for whom: neither may be the other side of it."""
        return frozenset(each.pk for each in (self.person, self.on_behalf_of) if each)

    @property
    def name(self) -> str:
        """The name to show."""
        return self.person.name if self.person else ""

    def with_form(self, *, key: str, version: int | None) -> Actor:
        """The same actor with the idempotency key and the version that a form carried."""
        return replace(self, key=key, version=version)


CLOCK = Actor("clock")


def operating(kind: Literal["import", "setup"] = "setup") -> Actor:
    """The operating account of the installation, as which set-up, imports and the command line act."""
    return Actor(kind, person=Person.objects.get(is_operating=True))
