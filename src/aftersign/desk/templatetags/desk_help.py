"""Which page of the guide is about the page that is shown."""

from __future__ import annotations

from django import template
from django.urls import reverse

from aftersign.desk.help import readers

register = template.Library()


@register.simple_tag
def help_address(path: str) -> str:
    """The address of the guide's page about a page of the program, else of the index."""
    name = readers.of_path(path)
    return reverse("help-page", args=[name]) if name else reverse("help")
