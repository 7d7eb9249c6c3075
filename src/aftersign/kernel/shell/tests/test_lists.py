"""Lists: pages that hold still while rows come in, state in the address, counts, saved views and exports."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import saved_views
from aftersign.kernel.shell.exports import plain
from aftersign.kernel.shell.lists import SIZES
from aftersign.kernel.shell.models import SavedView, Sharing
from aftersign.kernel.shell.paging import page
from aftersign.kernel.shell.tests.people import department, listed, person

pytestmark = pytest.mark.django_db


def many(count: int) -> None:
    """People with names that sort by their number."""
    rows = [Person(name=f"P{number:05d}", account=f"m{number:05d}", password="!") for number in range(count)]
    Person.objects.bulk_create(rows, batch_size=500)


def names(listing: object) -> list[str]:
    return [row.name for row in listing.page.rows]  # type: ignore[attr-defined]


def test_a_list_without_rows_says_what_will_stand_there():
    _listing, answer = listed()
    assert "Nobody works here yet" in answer.content.decode()
    assert "<table" not in answer.content.decode()


def test_a_list_narrowed_to_nothing_offers_everything_again():
    many(3)
    _listing, answer = listed("/list/?q=nobody")
    assert "?all=1" in answer.content.decode()
    assert "Nobody works here yet" not in answer.content.decode()


def test_a_single_row_needs_no_pager_links():
    many(1)
    listing, answer = listed()
    assert names(listing) == ["P00000"]
    assert 'rel="next"' not in answer.content.decode()
    assert 'rel="prev"' not in answer.content.decode()


def test_pages_lead_forwards_and_back_through_every_row_once():
    many(60)
    first, _ = listed()
    second, _ = listed(first.following_url)
    third, _ = listed(second.following_url)
    assert names(first) + names(second) + names(third) == [f"P{number:05d}" for number in range(60)]
    assert not third.following_url
    back, _ = listed(third.previous_url)
    assert names(back) == names(second)
    front, _ = listed(back.previous_url)
    assert names(front) == names(first)
    assert not front.previous_url


def test_rows_that_come_in_shift_no_page():
    many(60)
    first, _ = listed()
    seen = names(first)
    for number in range(30):
        person(f"A{number:05d}", f"a{number}")
    second, _ = listed(first.following_url)
    assert names(second) == [f"P{number:05d}" for number in range(25, 50)]
    assert not set(seen) & set(names(second))


@pytest.mark.parametrize("sort", ["name", "-name", "title", "-title", "left_on", "-left_on"])
def test_every_order_passes_each_row_once_also_where_values_are_equal_or_missing(sort: str):
    many(40)
    day = date(2026, 1, 1)
    for number, row in enumerate(Person.objects.order_by("name")):
        row.title = ("engineer", "buyer", "")[number % 3]
        row.left_on = day + timedelta(days=number % 4) if number % 2 else None
        row.save()
    rows, seen, cursor = Person.objects.all(), [], ""
    while True:
        one = page(rows, sort, 7, after=cursor)
        seen += [row.pk for row in one.rows]
        cursor = one.following
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 40
    back = page(rows, sort, 7, before=one.previous) if one.previous else one
    while back.previous:
        assert len(back.rows) == 7
        back = page(rows, sort, 7, before=back.previous)
    assert [row.pk for row in back.rows] == seen[:7]


def test_counts_are_exact_up_to_ten_thousand_and_no_further():
    many(10_000)
    listing, _ = listed()
    assert (listing.page.total, listing.page.more) == (10_000, False)
    person("Zhao", "zhao")
    listing, answer = listed()
    assert (listing.page.total, listing.page.more) == (10_000, True)
    assert "1 万+" in answer.content.decode()


def test_three_queries_whatever_the_number_of_rows_and_two_where_all_stand_there():
    many(2)
    reader = person("Reader", "reader")
    counts = []
    for more in (0, 150):
        Person.objects.bulk_create(
            [
                Person(name=f"X{more}-{number}", account=f"x{more}-{number}", password="!", title="engineer")
                for number in range(more)
            ]
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            listed("/list/?post=engineer&post=buyer&q=X&size=100", reader)
        counts.append(len(queries))
    assert counts == [2, 3]


def test_a_name_of_sixty_characters_is_escaped_and_whole():
    person("长" * 59 + "<", "long")
    _listing, answer = listed()
    assert "长" * 59 + "&lt;" in answer.content.decode()


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WzEsMiwzXQ", "%00"])
def test_a_cursor_that_is_none_is_not_found(cursor: str):
    many(1)
    with pytest.raises(Http404):
        listed(f"/list/?after={cursor}")


def test_an_unknown_order_size_or_column_falls_back():
    many(30)
    listing, _ = listed("/list/?sort=password&size=7&col=password")
    assert listing.sorting == "name"
    assert listing.page_size == 25
    assert [column.name for column in listing.shown_columns] == ["name", "title", "left_on"]
    assert SIZES == (25, 50, 100, 200)


def test_columns_can_be_chosen():
    many(1)
    listing, answer = listed("/list/?col=name&col=account")
    assert [column.name for column in listing.shown_columns] == ["name", "account"]
    assert "m00000" in answer.content.decode()


def test_a_chip_takes_its_own_filter_away_and_nothing_else():
    listing, _ = listed("/list/?post=engineer&q=P&sort=-name")
    (chip,) = listing.chips
    assert chip.words == "Engineer"
    assert chip.without == "/list/?q=P&sort=-name"


def test_the_head_of_the_sorted_column_turns_round():
    listing, _ = listed("/list/?sort=name")
    heads = {column.name: (url, direction) for column, url, direction in listing.heads}
    assert heads["name"] == ("/list/?sort=-name", "ascending")
    assert heads["title"] == ("/list/?sort=title", "")


def test_htmx_gets_the_region_alone_with_the_count_to_be_said():
    many(2)
    _listing, answer = listed()
    html = answer.content.decode()
    assert html.lstrip().startswith('<div class="list-part" id="list-people"')
    assert "data-said=" in html
    assert "<html" not in html


def test_an_export_holds_every_row_and_no_formula():
    person("=1+1", "danger", title="buyer")
    many(60)
    _listing, answer = listed("/list/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    assert text.startswith("\ufeffName,Post,Left on\r\n")
    assert "'=1+1,buyer," in text
    assert text.count("\r\n") == 62
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("value", ["=a", "+1", "-1", "@x", "\tx", "\rx"])
def test_cells_that_a_spreadsheet_would_run_are_quoted(value: str):
    assert plain(value) == f"'{value}"
    assert plain(None) == ""


def test_a_saved_view_brings_its_state_back_and_says_when_it_was_changed():
    who = person("Wu", "wu")
    view = saved_views.save(who, "people", "Buyers", "post=buyer&sort=-name&after=zz&view=old")
    assert view.query == "post=buyer&sort=-name"
    listing, answer = listed(f"/list/?view={view.pk}", who)
    assert listing.sorting == "-name"
    assert not listing.views.changed
    assert listing.chips[0].words == "Buyer"
    changed, answer = listed(f"/list/?view={view.pk}&post=engineer", who)
    assert changed.views.changed
    assert "•" in answer.content.decode()


def test_ones_default_view_opens_the_list_until_everything_is_asked_for():
    who = person("Wu", "wu")
    saved_views.save(who, "people", "Old", "post=engineer", is_default=True)
    view = saved_views.save(who, "people", "Buyers", "post=buyer", is_default=True)
    assert list(SavedView.objects.filter(is_default=True)) == [view]
    listing, _ = listed("/list/", who)
    assert listing.chips[0].words == "Buyer"
    everything, _ = listed("/list/?all=1", who)
    assert not everything.chips


def test_views_are_seen_by_those_with_whom_they_are_shared():
    ours, theirs = department("项目部"), department("销售部")
    owner, near, far = (
        person("O", "o", department=ours),
        person("N", "n", department=ours),
        person("F", "f", department=theirs),
    )
    saved_views.save(owner, "people", "mine", "q=1")
    saved_views.save(owner, "people", "department", "q=2", shared_with=Sharing.DEPARTMENT)
    saved_views.save(owner, "people", "company", "q=3", shared_with=Sharing.COMPANY)

    def seen(who: Person) -> list[str]:
        return [view.label for view in saved_views.visible_to(who, "people")]

    assert seen(owner) == ["company", "department", "mine"]
    assert seen(near) == ["company", "department"]
    assert seen(far) == ["company"]


def test_nobody_changes_or_deletes_the_view_of_another(client):
    owner, other = person("O", "o"), person("N", "n")
    view = saved_views.save(owner, "people", "shared", "q=1", shared_with=Sharing.COMPANY)
    client.force_login(other)
    for address in ("view_change", "view_delete"):
        answer = client.post(reverse(f"shell:{address}", args=[view.pk]), {"query": "q=2", "next": "/"})
        assert answer.status_code == 404
    view.refresh_from_db()
    assert view.query == "q=1"


def test_a_view_is_saved_changed_and_deleted_through_its_forms(client):
    who = person("O", "o")
    client.force_login(who)
    answer = client.post(
        reverse("shell:view_save", args=["people"]), {"label": "Mine", "query": "post=buyer", "next": "/list/"}
    )
    view = SavedView.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/list/?view={view.pk}")
    client.post(reverse("shell:view_change", args=[view.pk]), {"query": "post=engineer", "next": "/list/"})
    view.refresh_from_db()
    assert view.query == "post=engineer"
    for elsewhere in ("//evil.example/", "view_change", "'; --"):
        answer = client.post(reverse("shell:view_save", args=["people"]), {"label": "B", "next": elsewhere})
        assert answer["Location"].startswith("/?view=")
    for each in SavedView.objects.all():
        answer = client.post(reverse("shell:view_delete", args=[each.pk]), {"next": "//evil.example/"})
        assert answer["Location"] == "/"
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_kept(client):
    client.force_login(person("O", "o"))
    client.post(reverse("shell:view_save", args=["people"]), {"label": "  ", "query": "", "next": "/"})
    assert not SavedView.objects.exists()


def test_a_view_keeps_nothing_that_no_database_keeps(client):
    client.force_login(person("O", "o"))
    client.post(reverse("shell:view_save", args=["people"]), {"label": "Mine", "query": "post=a%00b&x%00=%00"})
    assert SavedView.objects.get().query == "post=ab"
