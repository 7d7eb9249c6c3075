"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Frame, components, forms and lists."""

    name = "aftersign.kernel.shell"
    label = "shell"

    def ready(self) -> None:
        from aftersign.kernel.shell import audit_pages, drafts, key_pages, metrics, settings_pages, token_pages
        from aftersign.kernel.vault import strays

        settings_pages.offer_own()
        audit_pages.offer()
        token_pages.offer()
        key_pages.offer()
        metrics.offer_own()
        strays.named_also(drafts.files_named)
