"""The few names of facts to which the grammar itself gives a meaning, and no others."""

SIGNED = "order.signed"
ADOPTED = "order.adopted"
COMPLETED = "order.completed"
CLOSED = "order.closed"
TEAM_NAMED = "order.team_named"
POST_HANDED_ON = "order.post_handed_on"

WITHDRAWN = "general.fact_withdrawn"
WAIVED = "general.duty_waived"
EXTENDED = "general.duty_extended"
RELEASED = "general.gate_released"
TAKEN = "general.duty_taken"
HANDED_ON = "general.duty_handed_on"
TOLD_BY_THE_CLOCK = frozenset({"general.duty_breached", "general.duty_escalated"})

CALENDAR = "general.calendar_changed"
DEPARTMENTS = ("general.department_listed", "general.department_changed")
DEPARTMENT_CLOSED = "general.department_closed"
PEOPLE = ("general.person_listed", "general.person_moved")
PERSON_LEFT = "general.person_left"
POST_NAMED = "general.post_named"
DEPUTY_NAMED = "general.deputy_named"
DEPUTY_ENDED = "general.deputy_ended"

_OF_PEOPLE = frozenset({*DEPARTMENTS, DEPARTMENT_CLOSED, *PEOPLE, PERSON_LEFT, POST_NAMED, DEPUTY_NAMED})
TOOK_EFFECT = "policy.took_effect"
WAS_REPLACED = "policy.was_replaced"
ORDER_MOVED = "policy.order_moved"
ROOM_INSTALLED = "policy.room_installed"

LEARNED = _OF_PEOPLE | {CALENDAR, TOOK_EFFECT, ROOM_INSTALLED, WITHDRAWN}
"""Facts from which the reading of every case learns what the company is like."""

NO_ROOM = frozenset({"order", "policy", "journal"})
GRACE = "record_grace_days"
GENERAL_MANAGER = "general_manager"
COMPANY = "company"
ORDER = "order"
COMMITMENT = "$commitment"
