"""Pages as a browser gets them: headers, no inline script or style, sign-in, errors, preferences, drafts."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refusal, Refused, Stale
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.shell import drafts, settings_pages
from aftersign.kernel.shell.models import Draft
from aftersign.kernel.shell.responses import done
from aftersign.kernel.shell.tests.people import PASSWORD, company, department, person

pytestmark = pytest.mark.django_db
LOGIN, SAMPLES, ME = "/accounts/login/", "/settings/samples/", "/me/"


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    if how == "broken":
        raise RuntimeError(how)
    if how == "done":
        return done(request, "/me/", "Kept", undo="/undo/")
    kind = {"refused": Refused, "forbidden": Forbidden, "stale": Stale}[how]
    raise kind((Refusal("<Not> now.", terms=("2.1.1.a",)),))


urlpatterns = [path("", include("aftersign.project.urls")), path("test/<str:how>/", refuse)]
handler400 = "aftersign.kernel.shell.errors.bad_request"
handler403 = "aftersign.kernel.shell.errors.forbidden"
handler404 = "aftersign.kernel.shell.errors.not_found"
handler500 = "aftersign.kernel.shell.errors.broken"


@pytest.fixture(autouse=True)
def _house(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    company()


@pytest.fixture
def who() -> Person:
    return person("林晓岚", "lin", title="项目负责人", department=department())


@pytest.fixture
def signed(client: Client, who: Person) -> Client:
    client.force_login(who)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("address", [SAMPLES, ME, LOGIN, "/nowhere/", "/test/broken/", "/accounts/password/change/"])
def test_pages_carry_no_inline_script_or_style(signed: Client, who: Person, address: str, language: str):
    Person.objects.filter(pk=who.pk).update(language=language)
    if address == LOGIN:
        signed.logout()
    answer = signed.get(address, headers={"accept-language": language})
    html = answer.content.decode()
    assert "<html lang=" in html
    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"\son\w+\s*=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert "<style" not in html
    assert "{%" not in html
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert html.count("<h1") == 1


def test_ids_on_a_page_are_unique(signed: Client):
    html = signed.get(SAMPLES).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL))
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(
        r'(?:for|aria-labelledby)="([^"]+)"', re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    ):
        assert target in ids


def gzipped(*names: str) -> int:
    files = (Path(str(finders.find(name))) for name in names)
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_styles_and_scripts_stay_within_their_budgets():
    assert gzipped("shell/aftersign.css") <= 20 * 1024
    assert gzipped("django_htmx/htmx-2.min.js", "aftersign.js") <= 45 * 1024


def test_a_page_stays_within_its_budget_of_bytes(signed: Client):
    assert len(gzip.compress(signed.get(SAMPLES).content)) <= 20 * 1024


def test_dark_values_stand_twice_and_are_the_same():
    css = Path(str(finders.find("shell/aftersign.css"))).read_text(encoding="utf-8")
    asked = re.search(r":root\[data-theme=dark\]\{(.*?)\}", css, re.DOTALL)
    left = re.search(r":root:not\(\[data-theme=light\]\)\{(.*?)\}", css, re.DOTALL)
    assert asked
    assert left
    assert asked[1].split() == left[1].split()


def test_strangers_are_led_to_the_door_and_back(client: Client, who: Person):
    answer = client.get(SAMPLES)
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next={SAMPLES}")
    answer = client.post(f"{LOGIN}?next={SAMPLES}", {"login": "LIN", "password": PASSWORD, "next": SAMPLES})
    assert (answer.status_code, answer["Location"]) == (302, SAMPLES)
    assert client.get(SAMPLES).status_code == 200


def test_a_part_of_a_page_is_not_answered_with_a_door(client: Client):
    assert client.get(SAMPLES, headers={"HX-Request": "true"}).status_code == 401


def test_a_wrong_pair_is_told_without_saying_which_half(client: Client, who: Person):
    wrong = client.post(LOGIN, {"login": "lin", "password": "wrong"}).content.decode()
    unknown = client.post(LOGIN, {"login": "nobody", "password": "wrong"}).content.decode()
    for html in (wrong, unknown):
        assert "账号或密码不对，还可再试 4 次" in html
        assert 'role="alert"' in html
        assert 'autocomplete="current-password"' in html
    assert "wrong" not in re.findall(r'id="id_password"[^>]*', wrong)[0]


def test_the_tries_that_are_left_are_counted_down(client: Client, who: Person):
    for left in (4, 3, 2, 1):
        assert f"还可再试 {left} 次" in client.post(LOGIN, {"login": "lin", "password": "wrong"}).content.decode()
    last = client.post(LOGIN, {"login": "lin", "password": "wrong"}).content.decode()
    assert "还可再试" not in last
    assert "账号或密码不对" in last


def test_too_many_wrong_passwords_close_the_door_also_to_the_right_one(client: Client, who: Person):
    for _attempt in range(6):
        client.post(LOGIN, {"login": "lin", "password": "wrong"})
    answer = client.post(LOGIN, {"login": "lin", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("change", [{"is_active": False}, {"left_on": "2026-01-01"}, {"is_operating": True}])
def test_who_has_left_stays_outside(client: Client, who: Person, change: dict[str, Any]):
    Person.objects.filter(pk=who.pk).update(**change)
    client.post(LOGIN, {"login": "lin", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client):
    client.post("/accounts/signup/", {"username": "new", "password1": PASSWORD})
    assert not Person.objects.filter(account="new").exists()


def test_signing_out_needs_a_button(signed: Client):
    signed.get("/accounts/logout/")
    assert "_auth_user_id" in signed.session
    signed.post("/accounts/logout/")
    assert "_auth_user_id" not in signed.session


def test_the_language_is_remembered_for_a_person_and_in_the_session_for_a_stranger(client: Client, who: Person):
    client.post("/me/preferences/", {"language": "zh-hant", "next": LOGIN})
    assert '<html lang="zh-Hant"' in client.get(LOGIN).content.decode()
    client.force_login(who)
    client.post("/me/preferences/", {"language": "en", "theme": "dark", "density": "compact", "next": ME})
    who.refresh_from_db()
    assert (who.language, who.theme, who.density) == ("en", "dark", "compact")
    assert '<html lang="en" data-theme="dark" data-density="compact"' in client.get(ME).content.decode()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE,de;q=0.9,en;q=0.7", "en"),
        ("de", "en"),
        ("*", "en"),
        ("nonsense;;q=", "en"),
        ("", "en"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks_else_in_the_companys_language(
    client: Client, accepted: str, language: str
):
    Company.objects.update(language="en")
    answer = client.get(LOGIN, headers={"accept-language": accepted} if accepted else {})
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_person_is_spoken_to_in_their_own_language_whatever_the_browser_asks(signed: Client, who: Person):
    for language, tag in (("zh-hant", "zh-Hant"), ("en", "en"), ("zh-hans", "zh-Hans")):
        signed.post("/me/preferences/", {"language": language, "next": ME})
        for accepted in ("zh-TW", "zh-CN", "en"):
            answer = signed.get(ME, headers={"accept-language": accepted})
            assert f'<html lang="{tag}"' in answer.content.decode()
            assert answer.headers["Content-Language"] == language


def test_years_are_counted_as_a_reader_of_traditional_chinese_wishes(signed: Client, who: Person):
    Person.objects.filter(pk=who.pk).update(language="zh-hant")
    assert "民國" in signed.get(ME).content.decode()
    signed.post("/me/preferences/", {"years": "roc", "next": ME})
    with frozen(datetime(2026, 11, 23, 3, tzinfo=UTC)):
        assert 'title="民國115-' in signed.get(SAMPLES).content.decode()
        signed.post("/me/preferences/", {"language": "en", "next": ME})
        assert "民國" not in signed.get(SAMPLES).content.decode() + signed.get(ME).content.decode()
    who.refresh_from_db()
    assert who.years == "roc"


@pytest.mark.parametrize("bad", [{"language": "tlh"}, {"theme": "<x>"}, {"density": "huge"}])
def test_preferences_that_are_none_are_left_alone(signed: Client, who: Person, bad: dict[str, str]):
    signed.post("/me/preferences/", {**bad, "next": "https://evil.example/"})
    who.refresh_from_db()
    assert (who.language, who.theme, who.density) == ("zh-hans", "", "")


def test_preferences_lead_nowhere_else(signed: Client):
    assert signed.post("/me/preferences/", {"next": "https://evil.example/"})["Location"] == "/"


@pytest.mark.parametrize(("how", "status"), [("refused", 422), ("forbidden", 403), ("stale", 409)])
def test_a_refusal_that_no_form_shows_becomes_a_page(signed: Client, how: str, status: int):
    answer = signed.post(f"/test/{how}/")
    html = answer.content.decode()
    assert answer.status_code == status
    assert "&lt;Not&gt; now." in html
    assert "2.1.1" in html


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/test/broken/", 500), ("/test/refused/", 422)])
def test_errors_for_htmx_are_parts_and_for_programs_json(signed: Client, address: str, status: int):
    part = signed.get(address, headers={"HX-Request": "true"})
    assert part.status_code == status
    assert "<html" not in part.content.decode()
    assert "<h1" in part.content.decode()
    said = signed.get(address, headers={"accept": "application/json"})
    assert said.status_code == status
    assert said.json()["detail"]


def test_a_broken_page_asks_the_database_for_nothing(signed: Client, monkeypatch: pytest.MonkeyPatch, rf: Any):
    from aftersign.kernel.shell import errors

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", lambda *a, **k: pytest.fail("a query"))
        answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500


def test_a_forged_form_is_told_to_come_again(who: Person):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(LOGIN, {"login": "lin", "password": PASSWORD})
    assert answer.status_code == 403
    assert "页面打开太久了" in answer.content.decode()


def test_what_was_done_is_said_on_the_next_page_with_a_way_back(signed: Client):
    answer = signed.post("/test/done/")
    assert (answer.status_code, answer["Location"]) == (303, ME)
    html = signed.get(ME).content.decode()
    assert "Kept" in html
    assert 'action="/undo/"' in html
    assert "Kept" not in signed.get(ME).content.decode()
    swapped = signed.post("/test/done/", headers={"HX-Request": "true"})
    assert (swapped.status_code, swapped["HX-Redirect"]) == (204, ME)


def test_a_draft_is_kept_offered_continued_and_discarded(signed: Client, who: Person):
    with frozen(datetime(2026, 11, 23, 2, 46, tzinfo=UTC)):
        kept = signed.post(
            "/drafts/sample/-/", {"customer": "海川水务", "points": ["a", "b"], "_key": "k", "password": "p"}
        )
    assert json.loads(kept.content) == {"saved": "10:46"}
    draft = Draft.objects.get()
    assert draft.data == {"customer": ["海川水务"], "points": ["a", "b"]}
    assert "?draft=continue" in signed.get(SAMPLES).content.decode()
    continued = signed.get(f"{SAMPLES}?draft=continue").content.decode()
    assert 'value="海川水务"' in continued
    assert "data-error-summary" not in continued
    signed.post("/drafts/sample/-/", {"_discard": "1", "next": SAMPLES})
    assert not Draft.objects.exists()


def test_one_draft_a_person_form_and_subject(who: Person):
    other = person("吴敏", "wu")
    drafts.save(who, "f", "1", {"a": ["1"]})
    drafts.save(who, "f", "1", {"a": ["2"]})
    drafts.save(who, "f", "2", {"a": ["3"]})
    drafts.save(other, "f", "1", {"a": ["4"]})
    assert Draft.objects.count() == 3
    assert Draft.objects.get(person=who, subject="1").data == {"a": ["2"]}


def test_a_draft_does_not_hold_a_book(signed: Client):
    assert signed.post("/drafts/sample/-/", {"a": "x" * 200_001}).status_code == 413
    assert not Draft.objects.exists()


def test_drafts_need_a_person(client: Client):
    assert client.post("/drafts/sample/-/", {"a": "1"}).status_code == 302
    assert not Draft.objects.exists()


def test_sessions_end_after_a_working_day(settings: Any):
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) == timedelta(hours=12)


def test_times_are_those_of_the_company(signed: Client):
    Company.objects.update(time_zone="America/New_York")
    with frozen(datetime(2026, 11, 23, 2, 46, tzinfo=UTC)):
        kept = signed.post("/drafts/sample/-/", {"customer": "x"})
    assert json.loads(kept.content) == {"saved": "21:46"}


def test_the_menu_is_found_on_a_phone_too(signed: Client):
    html = signed.get(ME).content.decode()
    assert "phone-menu" in html
    assert all(name in html for name in ("简体中文", "繁體中文", "English"))


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "管理设置"), ("zh-hant", "管理設置"), ("en", "Settings")])
def test_settings_lead_to_their_pages_and_each_to_the_others(signed: Client, who: Person, language: str, said: str):
    Person.objects.filter(pk=who.pk).update(language=language)
    html = signed.get("/settings/").content.decode()
    assert said in html
    assert f'href="{SAMPLES}"' in html
    groups = settings_pages.groups_for(Actor("person", person=who))
    assert [group.order for group, _pages in groups] == sorted({group.order for group, _pages in groups})
    addresses = [each.address for _group, pages in groups for each in pages]
    assert len(addresses) == len(set(addresses)), "each page once"
    assert [each.here for each in settings_pages.beside(Actor("person", person=who), SAMPLES)] == [True]


def test_a_page_of_settings_is_offered_once():
    twice = settings_pages.SettingsPage(settings_pages.LOOK, "shell:samples", "", "", "", 1)
    with pytest.raises(ValueError, match="already"):
        settings_pages.offer(twice)


def test_what_no_database_keeps_is_refused_or_left_out(signed: Client):
    """Nobody can type the sign NUL; a program that sends it is told that its request cannot be read."""
    assert signed.get("/me/%00/").status_code == 404
    assert signed.get("/orders/", {"q": "a\x00b", "\x00": "c"}).status_code == 200
    for odd in ({"customer": "a\x00b"}, {"a\x00b": "customer"}):
        assert signed.post("/drafts/sample/-/", odd).status_code == 400
    assert not Draft.objects.exists()
