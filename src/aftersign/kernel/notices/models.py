"""Tables of the notices: what each person was told about each object, the mails on their way, and people's wishes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Person


class Notice(models.Model):
    """What one person is told about one object: one row, to which all later events come.

    `reason`, `level` and `at` are those of the latest event. `ended_at` is when nothing was left to do about the
    object; `confirmed_at` when this person's own act brought that about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=64)
    order_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    unread = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit", "unit_id"], name="one_notice_an_object")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(unread=True)),
            models.Index(fields=["unit_id"], name="notice_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.unit} {self.unit_id}"


class Event(models.Model):
    """One thing that was told in a thread; `fact` is the name of what happened, empty for a reminder.

    `key` is the fact's id, or names the reminder: nothing is told twice in a thread. `read_at` is when the person
    opened the thread, in the app or by the link of a mail.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="events", db_index=False)
    key = models.CharField(max_length=80)
    fact = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=40, blank=True, default="")
    level = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "key"], name="told_once_in_a_thread")]

    def __str__(self) -> str:
        return f"{self.fact} {self.reason}".strip()


class MessageState(models.TextChoices):
    """How far a mail has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"


class MessageKind(models.TextChoices):
    """What a mail is about: one object, a day's news, or nothing but itself."""

    NOTICE = "notice"
    DIGEST = "digest"
    TRIAL = "trial"


class Message(models.Model):
    """A mail that is to go out, or went: its id is its Message-ID for ever, so that a double is known for one.

    `person` receives it; `notice` may be that of somebody for whom they stand in. `key` is what it was made for, once.
    It is not sent before `not_before`. Whoever sends it holds it until `claimed_until`. `error` says why it was refused
    by the mail server, or why it was dropped. `since` is from when on a digest tells. `delivered_at` is when its link
    was opened, which is the only way to know that it has arrived.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind, default=MessageKind.NOTICE)
    key = models.CharField(max_length=120, unique=True)
    address = models.EmailField()
    level = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], name="message_waiting", condition=Q(state="waiting")),
            models.Index(fields=["claimed_until"], name="message_sending", condition=Q(state="sending")),
            models.Index(fields=["-made_at"], name="message_refused", condition=Q(state="refused")),
            models.Index(fields=["person", "made_at"], name="message_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Wishes(models.Model):
    """How somebody wants to be told: `ways` by reason where it is not the usual one, and whether a digest comes."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    ways = models.JSONField(default=dict)
    digest = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.person_id)


class Channel(models.Model):
    """How a way out stands: since when it fails, why, and when it is tried again."""

    name = models.CharField(primary_key=True, max_length=20)
    failing_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """Up to which moment the clock's own tellings, reminders and digests, have been made."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
