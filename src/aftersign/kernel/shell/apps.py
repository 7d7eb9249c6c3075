"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Frame, components, forms and lists."""

    name = "aftersign.kernel.shell"
    label = "shell"
