"""Whether somebody can be given something to do: they work here, and are no auditor."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.kernel.org.models import Person


def fault_of(person: Person) -> str:
    """Why nothing can be given to somebody, in a sentence; empty when it can."""
    said = {"name": person.name}
    if person.left_on is not None or not person.is_active or person.is_operating:
        return _("%(name)s no longer works here.") % said
    if person.is_auditor:
        return _("%(name)s is an auditor, who states nothing; choose somebody else.") % said
    return ""
