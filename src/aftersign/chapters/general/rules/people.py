"""Who may change people, departments, posts and the calendar."""

from __future__ import annotations

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.capabilities import administrator, operating_account

WRITERS = administrator | operating_account
for _name in ("list_department", "change_department", "list_person", "move_person", "name_post", "change_calendar"):
    capabilities.declare(f"general.{_name}", WRITERS)
