"""Addresses of pages, each worked out once: a list of fifty rows asks for two hundred."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf, reverse

REMEMBERED = 10_000


def address_of(route: str, *args: object) -> str:
    """The address of a route with its arguments; raises `NoReverseMatch` when there is none."""
    return _found(get_urlconf() or settings.ROOT_URLCONF, route, args)


def origin() -> str:
    """Where people reach this installation: the first address that it was told, else the one where it serves."""
    told = settings.CSRF_TRUSTED_ORIGINS
    return str(told[0]) if told else f"http://127.0.0.1:{settings.PORT}"


@lru_cache(maxsize=REMEMBERED)
def _found(urlconf: str, route: str, args: tuple[object, ...]) -> str:
    return reverse(route, urlconf, args)
