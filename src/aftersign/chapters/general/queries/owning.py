"""Who can do something about a duty, in words, for whoever cannot."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.policy.models import Duty


def who_may(duty: Duty) -> str:
    """Whose duty it is, and who else answers for it."""
    if duty.owner:
        head = duty.owner.department.head if duty.owner.department else None
        if head and head.pk != duty.owner_id:
            said = {"name": duty.owner.name, "head": head.name}
            return _("This duty is owed by %(name)s; %(head)s, the head of the department, may hand it on.") % said
        return _("This duty is owed by %(name)s.") % {"name": duty.owner.name}
    if duty.owner_department:
        department = duty.owner_department
        if department.head:
            said = {"department": department.name, "head": department.head.name}
            return _("This duty is owed by %(department)s: whoever takes it there, or %(head)s, its head.") % said
        return _("This duty is owed by %(department)s: whoever takes it there.") % {"department": department.name}
    return _("Nobody owes this duty. The administrator can name somebody for its role.")
