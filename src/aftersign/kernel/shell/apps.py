"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Frame, components, forms and lists."""

    name = "aftersign.kernel.shell"
    label = "shell"

    def ready(self) -> None:
        from aftersign.kernel.shell.settings_pages import offer_own

        offer_own()
