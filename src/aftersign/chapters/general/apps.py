"""Chapter 1 as a Django application."""

from django.apps import AppConfig


class GeneralConfig(AppConfig):
    """People, departments, posts and the calendar."""

    name = "aftersign.chapters.general"
    label = "general"
