"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages across rooms."""

    name = "aftersign.desk"
    label = "desk"
