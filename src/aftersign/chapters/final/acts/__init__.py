"""The verbs on editions of the policy."""

from aftersign.chapters.final.acts.drafting import draft, withdraw_edition
from aftersign.chapters.final.acts.issuing import issue
from aftersign.chapters.final.acts.setting_up import install_rooms, put_in_force
from aftersign.chapters.final.acts.taking_effect import bring_into_force
from aftersign.chapters.final.acts.telling import acknowledge, tell_staff

__all__ = [
    "acknowledge",
    "bring_into_force",
    "draft",
    "install_rooms",
    "issue",
    "put_in_force",
    "tell_staff",
    "withdraw_edition",
]
