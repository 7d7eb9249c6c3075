"""Who may change people, departments, posts and the calendar, and who names deputies."""

from __future__ import annotations

from typing import Any

from aftersign.chapters.general.rules.deputies import heads
from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, administrator, operating_account, themselves


def _heads_them(actor: Actor, person: Any) -> bool:
    return actor.is_person and actor.person is not None and heads(actor.person, person)


heads_them = Predicate("head of the person", _heads_them)

WRITERS = administrator | operating_account
for _name in ("list_department", "change_department", "list_person", "move_person", "name_post", "change_calendar"):
    capabilities.declare(f"general.{_name}", WRITERS)
for _name in ("close_department", "change_account", "change_company", "give_password", "list_people", "record_leaving"):
    capabilities.declare(f"general.{_name}", administrator)
for _name in ("name_deputy", "end_deputy"):
    capabilities.declare(f"general.{_name}", themselves | heads_them | administrator)
