"""The policy as a Django application."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Editions, duties and the gatekeeper."""

    name = "aftersign.policy"
    label = "policy"
