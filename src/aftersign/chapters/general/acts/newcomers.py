"""The act by which many people are listed at once, with what they head and hold: all of them or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.utils.translation import gettext as _

from aftersign.chapters.general import queries
from aftersign.chapters.general.acts.accounts import Secret
from aftersign.chapters.general.acts.departments import change_department
from aftersign.chapters.general.acts.people import state_listed
from aftersign.chapters.general.acts.posts import name_post
from aftersign.chapters.general.queries.newcomers import Here, folded, here
from aftersign.chapters.general.rules.newcomers import Fault, Newcomer, Reading, read
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Company, Person

MOST = 10_000
"""People of one table: the journal waits until all of them are in."""


class QuickHasher(Argon2PasswordHasher):
    """For passwords of eighty random bits, which no speed of guessing finds; the first sign-in hashes them anew."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@act("general.list_people", capability="general.list_people")
def list_people(
    company: Company, *, newcomers: Sequence[Newcomer], passwords: Mapping[str, Secret], by: Actor
) -> Company:
    """Everybody in a table is listed, heads their department and gets their post as it says; `passwords` by account.

    Raises `Refused` with every fault of every row, and then nobody is listed.
    """
    if not newcomers or len(newcomers) > MOST:
        raise Refused.because(_("A table lists between one and %(most)d people.") % {"most": MOST})
    known = here()
    reading = read(newcomers, known)
    if reading.faults:
        raise Refused(tuple(_refusal(fault) for fault in reading.faults))
    made = {folded(each.account): _person(each, reading, known, passwords, company.language) for each in newcomers}
    Person.objects.bulk_create(made.values(), batch_size=500)
    for person in made.values():
        state_listed(person)
    _give(company, reading, made, by)
    return company


def _refusal(fault: Fault) -> Refusal:
    return Refusal(_("Row %(row)d: %(sentence)s") % {"row": fault.row, "sentence": fault.sentence})


def _person(each: Newcomer, reading: Reading, known: Here, passwords: Mapping[str, Secret], language: str) -> Person:
    secret = passwords.get(each.account)
    return Person(
        account=each.account.lower(),
        name=each.name,
        email=each.email,
        title=each.title,
        department=reading.standing[folded(each.account)],
        language=known.languages.get(folded(each.language)) or language,
        password=make_password(secret.text if secret else None, hasher=QuickHasher()),
        must_change_password=secret is not None,
    )


def _give(company: Company, reading: Reading, made: Mapping[str, Person], by: Actor) -> None:
    """Departments their heads, and posts their holders, each by the act that does so anyway."""
    standing = {place.pk: place for place in reading.standing.values()}
    for place, head in reading.heads.items():
        change_department(standing[place], head=_meant(head, made), by=by)
    for post, account in reading.posts.items():
        name_post(company, post=post, holder=made[account], from_on=queries.today(), by=by)


def _meant(who: str | UUID, made: Mapping[str, Person]) -> Person:
    return made[who] if isinstance(who, str) else Person.objects.get(pk=who)
