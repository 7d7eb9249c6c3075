"""Tables of the search: what is indexed, texts read out of files, and what people have opened last."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from aftersign.kernel.org.models import Person


class Entry(models.Model):
    """A record as it is found; the words themselves lie where the database searches them, see `storage`.

    Ids of records grow with time, so that the latest come first, in the order of the constraint's index. A long text is
    cut into parts; `sha256` is the file that the words of a part were read from.
    """

    kind = models.CharField(max_length=40)
    unit_id = models.UUIDField()
    part = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "unit_id", "part"], name="one_entry_a_part"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="entry_of_file", condition=~models.Q(sha256="")),
        ]


class FileText(models.Model):
    """The text of a file, by the SHA-256 of its bytes; `is_read` also where nothing could be read."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    suffix = models.CharField(max_length=10)
    text = models.TextField(blank=True, default="")
    is_read = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="file_not_read", condition=models.Q(is_read=False)),
        ]


class Opened(models.Model):
    """That a person has opened a record, and when last; only the latest few are kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    unit_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "unit_id"], name="opened_once"),
        ]
