"""After an archive was put back: tables of today, what is lost is stated, everything is verified, the rest is said."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from aftersign.cli.keeping import postgresql, workroom
from aftersign.cli.keeping.restoring import Source
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts import keeping
from aftersign.kernel.journal.proof import database, restoring, taking
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.report import Finding
from aftersign.kernel.journal.proof.restores import Restore
from aftersign.kernel.numbers.giving import skip
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import proving


@dataclass
class Outcome:
    """What verification found, which facts are lost (None: none that is known of), and what people must do."""

    problems: list[Finding] = field(default_factory=list)
    lost: Restore | None = None
    by_hand: list[str] = field(default_factory=list)


def finish(source: Source, *, account: str, reason: str) -> Outcome:
    """Bring what was put back up to this program, state the gap and verify; raises what a broken database raises.

    The restore is stated by `account`, or by the operating account where nobody is named.
    """
    founding.prepare()
    if connection.vendor == "postgresql":
        postgresql.analyze()
    marks.put(marks.BACKUP, datetime.fromisoformat(source.said.made), {"file": str(source.file)})
    workroom.end_restore()
    outcome = Outcome()
    try:
        outcome.lost = _stated(account, reason)
        taking.take()
    except NoCheckpoint as why:
        outcome.by_hand.append(f"no checkpoint was written: {why}")
    outcome.problems = database.verify(proving.look).problems
    outcome.by_hand += _by_hand(source, outcome.lost)
    return outcome


def _stated(account: str, reason: str) -> Restore | None:
    """The restore stated as a fact, if checkpoints outside know of facts that are not here."""
    gap = restoring.gap()
    if gap is not None:
        who = Q(account=account, is_operating=False) if account else Q(is_operating=True)
        person = Person.objects.filter(who).first()
        if person is None:
            raise NoCheckpoint(
                f"nobody here has the account {account}; state the gap with `aftersign journal restored`"
            )
        gap = accept(company(), reason=reason, person=person)
    return gap


def accept(house: Company, *, reason: str, person: Person) -> Restore:
    """State which facts are lost, and let numbers jump past the papers that bore them; raises `NoCheckpoint`."""
    with transaction.atomic():
        gap = keeping.accept_restore(house, reason=reason, person=person, by=operating())
        skip(gap.lost_to - gap.agreed)
    return gap


def _by_hand(source: Source, lost: Restore | None) -> list[str]:
    steps = []
    if lost is not None:
        steps.append(f"facts {lost.agreed + 1} to {lost.lost_to} were stated after this backup: state them again")
    if source.keys is None:
        steps.append("the keys were not put back: put them into the folder keys, or `aftersign journal new-key --lost`")
    if missing := [name for name in source.said.variables if name not in os.environ]:
        steps.append(f"set these variables as they were: {', '.join(missing)}")
    if source.said.lacking:
        steps.append(
            f"{len(source.said.lacking)} files were not whole when this backup was made: look for other copies"
        )
    steps.append("start `aftersign serve`; everybody signs in again")
    return steps
