"""Tables of the company, its departments, its people and the posts they hold."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.prepared import Prepared

COMPANY_ID = uuid.UUID(int=1)


class Language(models.TextChoices):
    """The languages in which the house speaks."""

    ZH_HANS = "zh-hans", _("Simplified Chinese")
    ZH_HANT = "zh-hant", _("Traditional Chinese")
    EN = "en", _("English")


class Company(models.Model):
    """The one company of this database; its row is locked by acts that found something directly under it."""

    id = models.UUIDField(primary_key=True, default=COMPANY_ID, editable=False)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    base_currency = models.CharField(max_length=3, default="CNY")
    language = models.CharField(max_length=10, choices=Language, default=Language.ZH_HANS)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=COMPANY_ID), name="one_company")]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department; a code is how roles of the policy mean it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=120)
    head = models.ForeignKey("org.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="heads")
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    works_on_orders = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code="") & Q(closed_on=None), name="one_open_department_a_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the account with which they sign in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(account__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody of the company; also the account with which they sign in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.CharField(_("account"), max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True, default="")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=10, choices=Language, default=Language.ZH_HANS)
    title = models.CharField(max_length=60, blank=True, default="")
    left_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)
    is_operating = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    theme = models.CharField(max_length=8, blank=True, default="")
    density = models.CharField(max_length=8, blank=True, default="")
    keys = models.CharField(max_length=8, blank=True, default="")
    years = models.CharField(max_length=8, blank=True, default="")

    stands_in: bool = False
    """Whether somebody is away whose deputy this person is today; set on whoever has signed in."""
    is_stood_in_for: bool = False
    """Whether somebody may act for this person today; set on whoever has signed in."""
    unread_notices: int | None = None
    """How many notices this person has not read; set on whoever has signed in."""

    is_guided: bool = True
    """Whether the guide for the first day is over; set on whoever has signed in."""

    has_second_factor: bool | None = None
    """Whether a second factor is set up; set on whoever has signed in, None on anybody else."""
    lacks_second_factor: bool = False
    """Whether the company asks for one that is not set up; set on whoever has signed in."""

    USERNAME_FIELD = "account"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_operating"], condition=Q(is_operating=True), name="one_operating_account"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def held_posts(self) -> frozenset[str]:
        """Names of the posts that the person holds, read once for this object."""
        return frozenset(name for (name,) in _posts.rows(self.pk))


class Post(models.Model):
    """A post of the company that the policy names as a role, with whoever holds it now (nobody: vacant)."""

    name = models.CharField(primary_key=True, max_length=60)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    from_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


_posts = Prepared(lambda person: Post.objects.filter(holder=person).values_list("name"))


class Deputyship(models.Model):
    """From when until when somebody may act on behalf of a person; both days count, and it may be ended before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputyships")
    from_on = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="a_deputyship_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_deputises_for_themselves"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["deputy", "until"], name="deputyship_of_deputy", condition=Q(ended_at=None)),
        ]


class Token(models.Model):
    """What a program shows to act as a person: `digest` is the SHA-256 of its text, which nobody keeps.

    It opens what its `scopes` name and its person may, without any all of that. `used_at` is the hour of its last use.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """Something that an installation remembers of itself, by name, since a moment."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
