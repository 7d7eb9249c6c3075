"""A program of somebody, with a token of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from aftersign.kernel.access import tokens
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person

V1 = "/api/v1"


class Program:
    """What sends requests as a person; answers are read as JSON."""

    def __init__(self, account: str, *scopes: str) -> None:
        person = Person.objects.get(account=account)
        until = now() + timedelta(days=1)
        self.token, self.text = tokens.make(person, name="test", scopes=scopes, expires_at=until)
        self.client = Client(raise_request_exception=True)

    def get(self, path: str, **query: Any) -> Any:
        """Ask for something below the first version, or for an address as it was given."""
        return self.client.get(self._to(path), query, headers=self._headers({}))

    def post(self, path: str, sent: Any = None, **headers: str) -> Any:
        """Send an act; headers with underscores for dashes."""
        body = {} if sent is None else sent
        return self.client.post(self._to(path), body, "application/json", headers=self._headers(headers))

    def put(self, path: str, sent: dict[str, Any], **headers: str) -> Any:
        """Send a form with a file."""
        return self.client.post(self._to(path), sent, headers=self._headers(headers))

    def head(self, path: str) -> Any:
        """Ask for status and headers alone."""
        return self.client.head(self._to(path), headers=self._headers({}))

    def _to(self, path: str) -> str:
        return path if path.startswith("/api/") else V1 + path

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}", **{name.replace("_", "-"): each for name, each in more.items()}}
