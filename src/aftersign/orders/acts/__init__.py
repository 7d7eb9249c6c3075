"""The verbs of the spine, the only writers of customers and orders."""

from aftersign.orders.acts.adopting import adopt
from aftersign.orders.acts.completing import close, complete
from aftersign.orders.acts.customers import change_customer, list_customer
from aftersign.orders.acts.halting import (
    reject_request,
    request_suspension,
    request_termination,
    resume,
    suspend,
    terminate,
    withdraw_request,
)
from aftersign.orders.acts.information import change_information
from aftersign.orders.acts.registering import register
from aftersign.orders.acts.team import name_team

__all__ = [
    "adopt",
    "change_customer",
    "change_information",
    "close",
    "complete",
    "list_customer",
    "name_team",
    "register",
    "reject_request",
    "request_suspension",
    "request_termination",
    "resume",
    "suspend",
    "terminate",
    "withdraw_request",
]
