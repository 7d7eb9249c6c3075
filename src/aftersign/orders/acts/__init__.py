"""The verbs of the spine, the only writers of customers and orders."""

from aftersign.orders.acts.completing import complete
from aftersign.orders.acts.customers import change_customer, list_customer
from aftersign.orders.acts.information import change_information
from aftersign.orders.acts.registering import register
from aftersign.orders.acts.team import name_team

__all__ = ["change_customer", "change_information", "complete", "list_customer", "name_team", "register"]
