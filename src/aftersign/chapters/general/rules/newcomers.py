"""What is wrong with a table of people, row by row, and who heads what and holds which post by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.newcomers import Here, folded
from aftersign.kernel.org.models import Department

ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LONGEST = {"account": 60, "name": 60, "title": 60, "email": 254}
MOST_IN_CIRCLE = 6


@dataclass(frozen=True)
class Newcomer:
    """Somebody in a row of a table, as it was written there."""

    row: int
    account: str
    name: str
    email: str = ""
    department: str = ""
    title: str = ""
    post: str = ""
    superior: str = ""
    language: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, and in which of its columns (empty: in the row as a whole)."""

    row: int
    column: str
    sentence: str


@dataclass
class Reading:
    """A table held against the company: its faults, and whom it makes a head or gives a post, by account or id.

    `standing` is the department of each row's account, `heads` the head that a department gets.
    """

    faults: list[Fault] = field(default_factory=list)
    standing: dict[str, Department] = field(default_factory=dict)
    superiors: dict[str, str | UUID] = field(default_factory=dict)
    heads: dict[UUID, str | UUID] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)


def read(newcomers: Sequence[Newcomer], here: Here) -> Reading:
    """Everything that a table says; where there are faults, what it says beside them is no more than a part."""
    found, seen = Reading(), _Seen(newcomers)
    for each in newcomers:
        found.faults += (*_of_account(each, here, seen), *_of_texts(each), *_of_mail(each, here, seen))
        found.faults += (*_of_place(each, here, found), *_of_post(each, here, found), *_of_language(each, here))
        found.faults += _of_superior(each, here, seen, found)
    found.faults += _circles(newcomers, found)
    found.faults += _heads(newcomers, here, found)
    found.faults.sort(key=lambda fault: fault.row)
    return found


class _Seen:
    """The rows of a table by account, mail and name."""

    def __init__(self, newcomers: Iterable[Newcomer]) -> None:
        self.accounts: dict[str, int] = {}
        self.mails: dict[str, int] = {}
        self.named: dict[str, list[str]] = {}
        for each in newcomers:
            self.accounts.setdefault(folded(each.account), each.row)
            self.mails.setdefault(folded(each.email), each.row)
            self.named.setdefault(folded(each.name), []).append(folded(each.account))


def _of_account(each: Newcomer, here: Here, seen: _Seen) -> Iterator[Fault]:
    first = seen.accounts[folded(each.account)]
    if not each.account:
        yield Fault(each.row, "account", _("The account is missing."))
    elif not ACCOUNT.fullmatch(each.account):
        yield Fault(each.row, "account", _("Write the account in letters, digits, dots and dashes"))
    elif folded(each.account) in here.accounts:
        yield Fault(each.row, "account", _("The account %(account)s is taken.") % {"account": each.account})
    elif first != each.row:
        said = {"text": each.account, "row": str(first)}
        yield Fault(each.row, "account", _("%(text)s stands in row %(row)s already.") % said)


def _of_texts(each: Newcomer) -> Iterator[Fault]:
    if not each.name:
        yield Fault(each.row, "name", _("The name is missing."))
    for column, most in LONGEST.items():
        if len(getattr(each, column)) > most:
            yield Fault(each.row, column, _("Longer than %(most)d characters.") % {"most": most})


def _of_mail(each: Newcomer, here: Here, seen: _Seen) -> Iterator[Fault]:
    if not each.email:
        return
    first = seen.mails[folded(each.email)]
    try:
        validate_email(each.email)
    except ValidationError:
        yield Fault(each.row, "email", _("%(text)s is no mail address.") % {"text": each.email})
        return
    if name := here.mails.get(folded(each.email)):
        said = {"name": name, "text": each.email}
        yield Fault(each.row, "email", _("%(name)s has the mail %(text)s already.") % said)
    elif first != each.row:
        said = {"text": each.email, "row": str(first)}
        yield Fault(each.row, "email", _("%(text)s stands in row %(row)s already.") % said)


def _of_place(each: Newcomer, here: Here, found: Reading) -> Iterator[Fault]:
    meant = here.departments.get(folded(each.department), ())
    if not each.department:
        yield Fault(each.row, "department", _("The department is missing."))
    elif not meant:
        yield Fault(each.row, "department", _("No department is called %(text)s.") % {"text": each.department})
    elif len(meant) > 1:
        sentence = _("Several departments are called %(text)s; write the code.") % {"text": each.department}
        yield Fault(each.row, "department", sentence)
    else:
        found.standing[folded(each.account)] = meant[0]


def _of_post(each: Newcomer, here: Here, found: Reading) -> Iterator[Fault]:
    if not each.post:
        return
    post = here.posts.get(folded(each.post))
    if post is None:
        yield Fault(each.row, "post", _("The policy knows no post %(text)s.") % {"text": each.post})
    elif post in here.held:
        said = {"name": here.held[post], "text": each.post}
        yield Fault(each.row, "post", _("%(name)s holds the post %(text)s already.") % said)
    elif found.posts.setdefault(post, folded(each.account)) != folded(each.account):
        yield Fault(each.row, "post", _("Only one person holds the post %(text)s.") % {"text": each.post})


def _of_language(each: Newcomer, here: Here) -> Iterator[Fault]:
    if each.language and folded(each.language) not in here.languages:
        yield Fault(each.row, "language", _("No language is called %(text)s.") % {"text": each.language})


def _of_superior(each: Newcomer, here: Here, seen: _Seen, found: Reading) -> Iterator[Fault]:
    """Whoever stands in the table goes before whoever works here; an account before a name."""
    wanted = folded(each.superior)
    if not wanted:
        return
    meant: Sequence[str | UUID] = [wanted] if wanted in seen.accounts else ()
    meant = meant or (*seen.named.get(wanted, ()), *here.called.get(wanted, ()))
    if not meant:
        sentence = _("Nobody is called %(text)s, neither here nor in the table.") % {"text": each.superior}
        yield Fault(each.row, "superior", sentence)
    elif len(set(meant)) > 1:
        yield Fault(
            each.row, "superior", _("Several are called %(text)s; write the account.") % {"text": each.superior}
        )
    else:
        found.superiors[folded(each.account)] = meant[0]


def _circles(newcomers: Sequence[Newcomer], found: Reading) -> Iterator[Fault]:
    """Each circle of superiors once, at the first of its rows."""
    rows = {folded(each.account): each for each in reversed(newcomers)}
    done: set[str | UUID] = set()
    for each in newcomers:
        path: list[str] = []
        at: str | UUID | None = folded(each.account)
        while isinstance(at, str) and at in rows and at not in done:
            done.add(at)
            path.append(at)
            at = found.superiors.get(at)
        if isinstance(at, str) and at in path:
            circle = path[path.index(at) :]
            yield _circle(sorted((rows[account] for account in circle), key=lambda row: row.row))


def _circle(rows: Sequence[Newcomer]) -> Fault:
    if len(rows) == 1:
        return Fault(rows[0].row, "superior", _("%(name)s stands above themselves.") % {"name": rows[0].name})
    names = _(", ").join(each.name for each in rows[:MOST_IN_CIRCLE])
    return Fault(rows[0].row, "superior", _("Superiors go round in a circle: %(names)s.") % {"names": names})


def _heads(newcomers: Sequence[Newcomer], here: Here, found: Reading) -> Iterator[Fault]:
    """The one whom people of a department name as superior heads it; whom the head names leads out of it."""
    names: dict[str | UUID, str] = {folded(each.account): each.name for each in newcomers}
    names.update(here.people.items())
    named = _named(newcomers, found)
    for each in newcomers:
        account = folded(each.account)
        place, superior = found.standing.get(account), found.superiors.get(account)
        if place is None or superior is None or account in named[place.pk]:
            continue
        head = found.heads.setdefault(place.pk, superior)
        before = place.head if place.head_id in here.people else None
        if head != superior:
            said = {"department": place.name, "one": names[head], "other": names[superior]}
            yield Fault(each.row, "superior", _("%(department)s would have two heads: %(one)s and %(other)s.") % said)
        elif before is not None and before.pk != superior:
            said = {"department": place.name, "name": before.name}
            yield Fault(each.row, "superior", _("%(department)s is headed by %(name)s already.") % said)


def _named(newcomers: Sequence[Newcomer], found: Reading) -> Mapping[UUID, set[str | UUID]]:
    """Whom the people of each department name as their superior."""
    named: dict[UUID, set[str | UUID]] = {place.pk: set() for place in found.standing.values()}
    for each in newcomers:
        place, superior = found.standing.get(folded(each.account)), found.superiors.get(folded(each.account))
        if place is not None and superior is not None:
            named[place.pk].add(superior)
    return named
