"""The steps of the first day, each read from what is there: nothing remembers where somebody was."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aftersign.chapters.general.queries import today
from aftersign.chapters.general.queries.calendar import is_published, year_of
from aftersign.chapters.general.queries.organisation import Organisation, organisation
from aftersign.kernel.clock import eras
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.queries import company, holder_of, people
from aftersign.kernel.units import words
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.models import Edition

BY_PEOPLE = ("general.company_changed", "general.department_listed", "general.department_changed")
ADOPTED = "order.adopted"
DRAFTER = "policy_owner"
FOUNDED_WITH = 1
"""Editions that a company has from its founding."""


@dataclass(frozen=True)
class Step:
    """One thing to be done: how it stands in words, where it is done, and what else leads there.

    `by` says who does it where the reader does not; `is_free` is one that a company may leave out.
    """

    name: str
    icon: str
    title: str
    says: str
    is_done: bool
    stands: str
    address: str
    button: str
    by: str = ""
    is_free: bool = False


@dataclass(frozen=True)
class Guide:
    """The page of the first day."""

    steps: tuple[Step, ...]

    @property
    def left(self) -> int:
        """How many steps are open that no company may leave out."""
        return sum(not step.is_done and not step.is_free for step in self.steps)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)


def guide() -> Guide:
    """All steps in the order in which they are best done; a constant number of queries."""
    house, found = company(), organisation()
    kept = Entry.objects.filter(actor_kind="person", fact__in=BY_PEOPLE).values_list("fact", flat=True)
    stated = set(kept.order_by().distinct())
    return Guide(
        (
            _company(house, stated),
            _departments(found, stated),
            _people(),
            _posts(found),
            _calendar(),
            _questions(),
            _running(),
            _first_order(),
        )
    )


def _company(house: Company, stated: set[str]) -> Step:
    return Step(
        "company",
        "flag",
        _("Company"),
        _("Its name stands on every paper; time zone and currency are fixed by the first order."),
        "general.company_changed" in stated,
        f"{house.name} · {house.get_language_display()} · {house.time_zone} · {house.base_currency}",
        reverse("general:company"),
        _("Check and save"),
    )


def _departments(found: Organisation, stated: set[str]) -> Step:
    number = len(found.branches)
    said = ngettext("%(number)s department", "%(number)s departments", number) % {"number": number}
    return Step(
        "departments",
        "folder",
        _("Departments"),
        _("Call them as your company does, close those that do not exist, and add what is missing."),
        bool({"general.department_listed", "general.department_changed"} & stated),
        said,
        reverse("general:organisation"),
        _("To the departments"),
    )


def _people() -> Step:
    number = people().count()
    said = ngettext("%(number)s person", "%(number)s people", number) % {"number": number}
    return Step(
        "people",
        "users",
        _("People"),
        _("From a table, looked at first: all of them come in at once, or nobody."),
        number > 1,
        said,
        reverse("general:new_people"),
        _("List people from a table"),
    )


def _posts(found: Organisation) -> Step:
    vacant, headless = len(found.vacant), len(found.headless)
    said = _("%(vacant)s posts and %(headless)s departments without anybody") % {"vacant": vacant, "headless": headless}
    return Step(
        "posts",
        "key",
        _("Heads and posts"),
        _("Duties fall to heads, to the general manager and to the policy owner: somebody has to be that."),
        not (vacant or headless),
        said if vacant or headless else _("Every post and every department has somebody."),
        reverse("general:organisation"),
        _("Name them"),
    )


def _calendar() -> Step:
    this = today().year
    missing = [year for year in (this, this + 1) if year_of(year).stated is None]
    following = eras.year(this + 1)
    said = _("%(this)s and %(next)s are known") % {"this": eras.year(this), "next": following}
    if not is_published(this + 1):
        said = _("%(said)s; the make-up days of %(next)s are not published yet") % {"said": said, "next": following}
    return Step(
        "calendar",
        "cal",
        _("Working calendar"),
        _("Public holidays and make-up days stand there already; add your company's own."),
        not missing,
        _("Missing: %(years)s") % {"years": ", ".join(map(eras.year, missing))} if missing else said,
        reverse("general:calendar"),
        _("Look at the calendar"),
    )


def _questions() -> Step:
    drafted = Edition.objects.count()
    edition = store.current()
    return Step(
        "questions",
        "gauge",
        _("Time limits that matter most"),
        _("The policy has defaults. What you change becomes a new edition, issued by the general manager."),
        drafted > FOUNDED_WITH,
        _("%(number)s editions") % {"number": drafted} if drafted > FOUNDED_WITH else _("The defaults hold."),
        reverse("final:questions", args=[edition.version]) if edition else reverse("final:editions"),
        _("To the ten questions"),
        by=_holder(DRAFTER),
        is_free=True,
    )


def _running() -> Step:
    adopted = Entry.objects.filter(fact=ADOPTED).count()
    return Step(
        "running",
        "truck",
        _("Running orders"),
        _(
            "Orders that ran before the rules come in at the stage they had reached, so that nothing of theirs is late"
            " at once: from a table, or one by one."
        ),
        adopted > 0,
        ngettext("%(number)s order adopted", "%(number)s orders adopted", adopted) % {"number": adopted},
        reverse("order-tables"),
        _("Adopt running orders"),
        by=_("whoever sells"),
        is_free=True,
    )


def _first_order() -> Step:
    number = Order.objects.count()
    return Step(
        "order",
        "order",
        _("First order"),
        _("Registered by whoever sold it; from then on its duties run by themselves."),
        number > 0,
        ngettext("%(number)s order", "%(number)s orders", number) % {"number": number},
        reverse("orders:register"),
        _("Register an order"),
        by=_("whoever sells"),
    )


def _holder(post: str) -> str:
    holder = holder_of(post)
    label = words.label("role", post, get_language() or "zh-hans")
    return f"{label} · {holder.name}" if holder else label
