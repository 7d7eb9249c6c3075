"""The ground of a simulation: the company as this database knows it, read anew by every process."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.base import ContentFile

from aftersign.cli.simulating.office import Office
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.staff import Staff, desks_of, manager_of
from aftersign.cli.simulating.story import Ground
from aftersign.cli.simulating.usual import Usual
from aftersign.demo.sheets import pdf
from aftersign.kernel.clock import Zone
from aftersign.kernel.org.models import Department
from aftersign.kernel.org.queries import company
from aftersign.orders import papers
from aftersign.orders.papers import StoredFile
from aftersign.policy.editions import store
from aftersign.policy.engine import World
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import world

MARGIN = 800
"""Days of office time beyond the end, for what would have come after it."""


class NoGround(Exception):
    """This company cannot be simulated; the message says what it lacks."""


def ground_of(plan: Plan, staff: Staff) -> Ground:
    """The company that the orders of a plan are given to; raises `NoGround`."""
    known, seen = world()
    return made_ground(plan, staff, known, seen)


def made_ground(plan: Plan, staff: Staff, known: World, seen: int) -> Ground:
    """The same for a company that is read up to a place in the journal."""
    rulebook = current()
    zone = Zone(company().time_zone)
    first, end = plan.begin.toordinal(), plan.until.toordinal()
    return Ground(
        rulebook=rulebook,
        usual=Usual(rulebook),
        office=Office(known.calendar(), zone, first, end + MARGIN),
        world=known,
        seen=seen,
        desks=desks_of(staff, departments(rulebook)),
        manager=manager_of(staff),
        end=zone.start(end),
        seed=plan.seed,
        suppliers=staff.suppliers,
        file=file().sha256,
    )


def current() -> Rulebook:
    """The rulebook in force; raises `NoGround` before there is one."""
    edition = store.current()
    if edition is None:
        raise NoGround("no edition of the policy is in force: run `aftersign init` first")
    return store.rulebook_of(edition.pk)


def departments(rulebook: Rulebook) -> dict[str, Department]:
    """The open departments by the codes that the policy means; raises `NoGround` where one is missing."""
    rows = Department.objects.filter(closed_on=None).exclude(code="").select_related("head").order_by("code")
    found = {row.code: row for row in rows}
    lacking = sorted(_codes(rulebook) - found.keys())
    if lacking:
        raise NoGround(f"no department is listed with the code {', '.join(lacking)}")
    return found


def _codes(rulebook: Rulebook) -> set[str]:
    value = rulebook.params["department_codes"].value
    listed: Iterable[str] = value if isinstance(value, tuple) else ()
    return set(listed)


def file() -> StoredFile:
    """The one small file that stands for all papers of simulated orders."""
    body = pdf("模拟订单的文件", ("内容从略。",))
    return papers.store(ContentFile(body, name="simulated.pdf"))
