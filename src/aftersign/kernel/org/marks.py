"""What an installation remembers of itself: that its people are a sample, when it was last backed up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists

from aftersign.kernel.org.models import Mark, Person

DEMO, BACKUP, GUIDED = "demo", "backup", "guided"


def put(name: str, at: datetime, said: dict[str, Any] | None = None) -> None:
    """Remember something, in place of what was remembered under that name before."""
    Mark.objects.update_or_create(name=name, defaults={"at": at, "said": said or {}})


def of(name: str) -> Mark | None:
    """What is remembered under a name."""
    return Mark.objects.filter(name=name).first()


def is_demo() -> Exists:
    """Whether this is a database of the sample company, to be asked along with something else."""
    return Exists(Mark.objects.filter(name=DEMO))


def is_guided() -> Exists:
    """Whether the guide for the first day is over, to be asked along; the sample company needs none."""
    return Exists(Mark.objects.filter(name__in=(DEMO, GUIDED)))


def is_shut_out(person: Person) -> bool:
    """Whether a person is one of the sample company, in a database that is not marked as one of it."""
    return person.is_sample and of(DEMO) is None
