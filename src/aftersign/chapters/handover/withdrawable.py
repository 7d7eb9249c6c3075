"""Managers of tables whose rows stay when the fact that they follow is withdrawn."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Standing(models.Manager[Row]):
    """The rows whose fact has not been withdrawn; `everything` of the same table has them all."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(withdrawn_at=None)


class Everything(models.Manager[Row]):
    """All rows, those of withdrawn facts too."""
