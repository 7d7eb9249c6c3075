"""The spine as a Django application."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Customers and orders."""

    name = "aftersign.orders"
    label = "orders"
