"""Icons, chips, clauses, people, seals, meters and amounts on pages."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.urls import path
from django.utils import translation
from django.views import View

from aftersign.kernel.shell import marks, money, seals
from aftersign.kernel.shell.states import STATES

urlpatterns = [path("clauses/<str:number>/", View.as_view(), name="clause")]


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def sprite() -> str:
    return Path(str(finders.find("shell/icons.svg"))).read_text(encoding="utf-8")


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite()))
    named = set()
    for file in Path(marks.__file__).parent.rglob("*.html"):
        named |= set(re.findall(r'{% icon "([\w-]+)"', file.read_text(encoding="utf-8")))
    named |= {look.icon for look in STATES.values()}
    assert named - drawn == set()
    assert len(drawn) >= 47


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    assert 'aria-label="Notices"' in render('{% icon "bell" "Notices" %}')


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("open", "进行中"),
        ("due_soon", "24 小时内到期"),
        ("waiting", "等待对方"),
        ("todo", "未开始"),
        ("breached", "已逾期"),
        ("done", "已完成"),
        ("done_late", "逾期后补"),
        ("paused", "已暂停"),
        ("waived", "已批准豁免"),
        ("void", "不适用"),
        ("not_applicable", "不适用"),
        ("room_not_installed", "模块未安装"),
        ("extended", "已延期"),
        ("released", "特批放行"),
        ("corrected", "已更正"),
    ],
)
def test_a_state_is_icon_word_and_colour(state: str, word: str):
    with translation.override("zh-hans"):
        html = render("{% chip state %}", state=state)
    assert f"</svg>{word}" in html
    assert f"#{STATES[state].icon}" in html


def test_every_state_speaks_three_languages():
    for look in STATES.values():
        said = set()
        for language in ("en", "zh-hans", "zh-hant"):
            with translation.override(language):
                said.add(str(look.word))
        assert len(said) >= 2, look


def test_the_reason_of_a_state_stands_on_hover_and_is_heard():
    html = render('{% chip "not_applicable" why=why %}', why="no <claim>")
    assert 'title="no &lt;claim&gt;"' in html
    assert '<span class="sr"> no &lt;claim&gt;</span>' in html


def test_a_clause_is_plain_until_its_page_exists(settings):
    settings.ROOT_URLCONF = "django.contrib.auth.urls"
    assert render('{% clause "2.1.3" %}').startswith('<span class="cl"')
    settings.ROOT_URLCONF = __name__
    assert 'href="/clauses/2.1.3/"' in render('{% clause "2.1.3" %}')


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("吴敏", ("吴敏", "之印")),
        ("林晓岚", ("林晓", "岚印")),
        ("欧阳修远", ("欧阳", "修远")),
        ("王", ("王之", "印")),
        ("欧阳修远之", ("欧阳修", "远之")),
        ("买买提·吐尔逊", ("买买提", "吐尔逊")),
        ("阿卜杜拉 艾买提江", ("阿卜杜", "拉艾买", "提江")),
        ("长" * 60, ("长长长",) * 3),
        ("Ada Lovelace", ("AL",)),
    ],
)
def test_the_lines_of_a_seal(name: str, lines: tuple[str, ...]):
    assert seals.lines_of(name) == lines


def test_a_seal_says_whose_it_is_and_has_no_style():
    html = render("{% seal name %}", name='吴敏"')
    assert 'role="img"' in html
    assert "&quot;" in html
    assert "style" not in html


def test_an_avatar_is_heard_by_name():
    assert '<span class="sr">林晓岚</span>' in render('{% avatar "林晓岚" %}')
    assert ">林</span>" in render('{% avatar "林晓岚" %}')


@pytest.mark.parametrize(("value", "total", "width"), [(1, 4, "25.0"), (9, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0.0")])
def test_a_meter_stays_within_its_bar(value: int, total: int, width: str):
    assert f'width="{width}"' in marks.meter(value, total)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1980000", "CNY", "¥1,980,000.00"),
        ("-12.5", "CNY", "-¥12.50"),
        ("1234.6", "JPY", "JP¥1,235"),
        ("1", "CHF", "CHF 1.00"),
    ],
)
def test_amounts(amount: str, currency: str, said: str):
    assert render("{{ amount|money:currency }}", amount=Decimal(amount), currency=currency) == said


@pytest.mark.parametrize("text", ["1,260,000.00", "1260000", "¥1,260,000", "\uff11,260,000\uff0e00"])
def test_amounts_are_read_as_people_write_them(text: str):
    assert money.parsed(text) == Decimal(1260000)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1.2.3"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError, match=re.escape(text) or "^$"):
        money.parsed(text)


def test_a_check_value_is_shortened():
    assert render("{{ value|hash_short }}", value="5f20" + "0" * 56 + "c8b1") == "5f20…c8b1"


@pytest.mark.django_db
def test_words_of_the_policy_stand_for_themselves_before_an_edition_lends_them():
    assert render('{{ "handover.unheard_of"|act_label }}') == "handover.unheard_of"
    assert render('{{ "unheard_of"|word:"handover" }}') == "unheard_of"
