"""Random acts on the company itself: its departments, people, posts, deputies, calendar and policy."""

from __future__ import annotations

from datetime import date, timedelta

from aftersign.chapters.final import acts as final
from aftersign.chapters.general import acts
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.chapters.general.rules.newcomers import Newcomer
from aftersign.kernel.org.models import Department, Deputyship
from aftersign.kernel.org.queries import company, people
from aftersign.policy.editions import store
from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.models import Edition
from tests.company.acting.walk import Move, Walk

POSTS = ("general_manager", "policy_owner", "coordinator")
SPANS = {"handover_form_days": ("1bd", "2bd", "3bd"), "handover_sign_days": ("1bd", "2bd")}


def list_department(walk: Walk) -> object:
    codes = ("", "", "", "marketing", "sales", "legal")
    given = {"name": walk.words(), "code": walk.chance.choice(codes), "above": _department(walk)}
    return walk.does("general.list_department", acts.list_department, company(), **given)


def change_department(walk: Walk) -> object:
    given = {"head": walk.anybody(), "above": _department(walk), "name": walk.words()}
    said = {name: given[name] for name in walk.some(sorted(given))}
    return walk.does("general.change_department", acts.change_department, _department(walk), **said)


def close_department(walk: Walk) -> object:
    return walk.does("general.close_department", acts.close_department, _department(walk), reason=walk.words())


def list_person(walk: Walk) -> object:
    here = Department.objects.filter(closed_on=None).exclude(code="").order_by("code")
    department = walk.one(here) if walk.happens(0.9) else _department(walk)
    account = f"p{walk.chance.randint(1, 4000)}"
    given = {"account": account, "name": f"{walk.words()[:2]}{account}", "department": department}
    return walk.does("general.list_person", acts.list_person, company(), **given)


def list_people(walk: Walk) -> object:
    """A table of people, now and then with one account twice, a department that is none, or heads in a circle."""
    places = [each.name for each in Department.objects.filter(closed_on=None).order_by("name", "pk")]
    accounts = [f"p{walk.chance.randint(4001, 9000)}" for _each in range(walk.chance.randint(0, 6))]
    if accounts and walk.happens(0.1):
        accounts.append(accounts[0])
    rows = tuple(
        Newcomer(
            row=place,
            account=account,
            name=walk.words() if walk.happens(0.1) else f"新人{account}",
            department=walk.words() if walk.happens(0.05) else walk.one(places),
            post=walk.chance.choice(POSTS) if walk.happens(0.05) else "",
            superior=walk.chance.choice((*accounts, walk.anybody().account)) if walk.happens(0.2) else "",
        )
        for place, account in enumerate(accounts, 2)
    )
    passwords = {each.account: acts.Secret.new() for each in rows if walk.happens(0.5)}
    return walk.does("general.list_people", acts.list_people, company(), newcomers=rows, passwords=passwords)


def change_company(walk: Walk) -> object:
    """Mostly the name; the zone and the currency stay once there are orders."""
    given = {
        "name": walk.words(),
        "language": walk.chance.choice(("zh-hans", "zh-hant", "en", "fr")),
        "time_zone": "Asia/Shanghai" if walk.happens(0.9) else walk.chance.choice(("Asia/Taipei", "Nowhere")),
        "base_currency": "CNY" if walk.happens(0.9) else "TWD",
    }
    return walk.does("general.change_company", acts.change_company, company(), **given)


def move_person(walk: Walk) -> object:
    given = {"department": _department(walk), "title": walk.words(), "name": walk.words()}
    said = {name: given[name] for name in walk.some(sorted(given))}
    return walk.does("general.move_person", acts.move_person, walk.anybody(), **said)


def change_account(walk: Walk) -> object:
    given = {"is_administrator": walk.happens(0.2), "is_auditor": walk.happens(0.1), "is_active": walk.happens(0.9)}
    return walk.does("general.change_account", acts.change_account, walk.anybody(), **given)


def name_post(walk: Walk) -> object:
    given = {"post": walk.chance.choice(POSTS), "holder": walk.anybody(), "from_on": walk.day(-3, 1)}
    return walk.does("general.name_post", acts.name_post, company(), **given)


def name_deputy(walk: Walk) -> object:
    begin = walk.day(-1, 5)
    given = {"deputy": walk.anybody(), "from_on": begin, "until": begin + timedelta(days=walk.chance.randint(-1, 20))}
    return walk.does("general.name_deputy", acts.name_deputy, walk.anybody(), **given)


def end_deputy(walk: Walk) -> object:
    row = walk.one(Deputyship.objects.select_related("person__department", "deputy").order_by("from_on", "pk"))
    return walk.does("general.end_deputy", acts.end_deputy, row.person, deputy=row.deputy)


def leave(walk: Walk) -> object:
    """Somebody leaves, mostly one of those who came during the walk; somebody of their department takes over."""
    newcomers = people().filter(account__startswith="p").order_by("account")
    leaver = walk.one(newcomers) if newcomers and walk.happens(0.8) else walk.anybody()
    fellows = people().filter(department=leaver.department_id).exclude(pk=leaver.pk).order_by("account")
    successor = walk.one(fellows) if fellows and walk.happens(0.9) else walk.anybody()
    given = {"left_on": walk.day(-2, 0), "successors": Successors(successor if walk.happens(0.95) else None)}
    return walk.does("general.record_leaving", acts.record_leaving, leaver, **given)


def change_calendar(walk: Walk) -> object:
    year = walk.today.year + walk.chance.choice((0, 0, 0, 1))
    days = [date(year, 1, 1) + timedelta(days=each) for each in walk.chance.sample(range(365), 30)]
    near = [walk.day(0, 20) for _each in range(3)]
    holidays = sorted({*days[:20], *(each for each in near if each.year == year)})
    workdays = [each for each in days[20:] if each not in holidays] if walk.happens(0.9) else days
    given = {"year": year, "holidays": holidays, "workdays": workdays}
    return walk.does("general.change_calendar", acts.change_calendar, company(), **given)


def draft(walk: Walk) -> object:
    """The policy owner drafts an edition with another due time."""
    rulebook = store.shown()
    assert rulebook is not None
    name = walk.chance.choice([each for each in SPANS if each in rulebook.params])
    changed = with_values(rulebook, {name: NewValue(walk.chance.choice(SPANS[name]))})
    files = with_version(changed, str(walk.chance.randint(3, 400)))
    return walk.does("policy.draft", final.draft, company(), files=files, reason=walk.words())


def issue(walk: Walk) -> object:
    drafted = Edition.objects.order_by("version")
    edition = walk.one(drafted.filter(issued_at=None) if walk.happens(0.9) else drafted)
    return walk.does("policy.issue", final.issue, edition, effective_on=walk.day(-1, 6))


def withdraw_edition(walk: Walk) -> object:
    edition = walk.one(Edition.objects.order_by("version"))
    return walk.does("policy.withdraw_edition", final.withdraw_edition, edition, reason=walk.words())


def _department(walk: Walk) -> Department:
    rows = Department.objects.order_by("name", "pk")
    return walk.one(rows.filter(closed_on=None) if walk.happens(0.9) else rows)


MOVES: dict[Move, int] = {
    list_department: 1,
    change_department: 2,
    close_department: 1,
    list_person: 4,
    list_people: 1,
    change_company: 1,
    move_person: 3,
    change_account: 2,
    name_post: 2,
    name_deputy: 4,
    end_deputy: 2,
    leave: 2,
    change_calendar: 1,
    draft: 1,
    issue: 1,
    withdraw_edition: 1,
}
