"""The rules are awake: each finds the fault that it is there for, planted in a house of a few files."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from . import catalogues, documents, imports, languages, pages, sizes, words
from .house import House, objection
from .punctuation import as_chinese

Rule = Callable[[House], Iterable[str]]
ROOM = "src/aftersign/chapters/handover"
HEAD = '"""A sentence."""\n'
CATALOGUE = f"{ROOM}/locale/zh_Hans/LC_MESSAGES/django.po"
HANT = f"{ROOM}/locale/zh_Hant/LC_MESSAGES/django.po"
DECISION = "docs/adr/0001-we-decide.md"

FAULTS: list[tuple[Rule, dict[str, str], str]] = [
    (sizes.long_files, {f"{ROOM}/acts.py": HEAD + "x = 1\n" * 300}, "301 lines"),
    (sizes.long_functions, {f"{ROOM}/acts.py": HEAD + "def f():\n" + "    x = 1\n" * 40}, "f has 41 lines"),
    (sizes.long_functions, {f"{ROOM}/views.py": HEAD + "def f():\n" + "    x = 1\n" * 15}, "at most 15"),
    (sizes.long_templates, {f"{ROOM}/templates/handover/a.html": "<p>\n" * 121}, "121 lines"),
    (sizes.empty_names, {"src/aftersign/kernel/utils.py": HEAD}, "says nothing"),
    (imports.forbidden_uses, {f"{ROOM}/acts.py": HEAD + "import aftersign.desk.views"}, "stands below"),
    (imports.forbidden_uses, {f"{ROOM}/acts.py": HEAD + "from aftersign.chapters import general"}, "do not know"),
    (imports.forbidden_uses, {f"{ROOM}/acts.py": HEAD + "from ..general.acts import do"}, "do not know"),
    (imports.forbidden_uses, {"src/aftersign/kernel/org/a.py": HEAD + "import aftersign.kernel.acts"}, "comes before"),
    (
        imports.rings,
        {
            "src/aftersign/orders/a.py": "from . import b",
            "src/aftersign/orders/b.py": "from aftersign.orders.a import c",
        },
        "in a ring",
    ),
    (
        imports.rings,
        {
            "src/aftersign/desk/a.py": "import aftersign.portal.a",
            "src/aftersign/portal/b.py": "import aftersign.desk.b",
        },
        "desk < portal",
    ),
    (imports.imports_inside_functions, {f"{ROOM}/acts.py": "def f():\n    import json\n"}, "imports inside"),
    (imports.signals, {f"{ROOM}/acts.py": "from django.db.models.signals import post_save"}, "uses signals"),
    (imports.impurities, {"src/aftersign/policy/engine/a.py": "from django.db import models"}, "only the clock"),
    (imports.impurities, {"src/aftersign/policy/rulebook/a.py": "import aftersign.orders"}, "only the clock"),
    (
        pages.forbidden_parts,
        {
            f"{ROOM}/templates/handover/a.html": '{% extends "desk/frame.html" %}',
            "src/aftersign/desk/templates/desk/frame.html": "",
        },
        "stands below",
    ),
    (pages.forbidden_parts, {f"{ROOM}/templates/handover/a.html": '{% include "handover/gone.html" %}'}, "no template"),
    (
        pages.forbidden_parts,
        {f"{ROOM}/templates/handover/a.html": "{% load due %}", "src/aftersign/desk/templatetags/due.py": HEAD},
        "stands below",
    ),
    (pages.refused_markup, {f"{ROOM}/templates/handover/a.html": '<p style="color: red">'}, "a style attribute"),
    (
        pages.refused_markup,
        {f"{ROOM}/templates/handover/a.html": '<p {% if x > 1 %} onclick="go()"{% endif %}>'},
        "handler",
    ),
    (pages.refused_markup, {f"{ROOM}/templates/handover/a.html": "<script>go()</script>"}, "a script in the page"),
    (pages.refused_strings, {f"{ROOM}/chart.py": "BAR = '<rect style=\"fill: red\"/>'"}, "a style attribute"),
    (words.modules_without_sentence, {f"{ROOM}/acts.py": "x = 1"}, "begin with one sentence"),
    (words.packages_without_init, {f"{ROOM}/acts.py": HEAD}, "no __init__.py"),
    (words.clause_numbers, {f"{ROOM}/acts.py": HEAD + 'CLAUSE = "2.1.2"'}, "(2.1.2)"),
    (words.clause_numbers, {f"{ROOM}/templates/handover/a.html": "<p>12.1.1.a</p>"}, "(12.1.1)"),
    (words.half_width_chinese, {"README.zh.md": "已提交,等审批"}, "half-width punctuation"),
    (words.half_width_chinese, {"src/aftersign/demo/a.py": HEAD + 'SAID = "已提交,等审批"'}, ":2: half-width"),
    (words.leftovers, {f"{ROOM}/acts.py": HEAD + "# TO" + "DO: later"}, "work left for later"),
    (words.traces, {"docs/a.md": "see /ho" + "me/somebody/notes"}, "somebody's machine"),
    (words.traces, {"requirements.lock": "--index-" + "url https://example.org"}, "a registry's address"),
    (catalogues.unfinished, {CATALOGUE: 'msgid "Sign"\nmsgstr ""\n'}, "not translated: Sign"),
    (catalogues.unfinished, {CATALOGUE: '#, fuzzy\nmsgid "Sign"\nmsgstr "签字"\n'}, "fuzzy: Sign"),
    (catalogues.lost_placeholders, {CATALOGUE: 'msgid "%(n)s days"\nmsgstr "几天"\n'}, "placeholders differ"),
    (catalogues.chinese_manners, {CATALOGUE: 'msgid "Done"\nmsgstr "已提交,等审批"\n'}, "half-width punctuation"),
    (catalogues.chinese_manners, {CATALOGUE: 'msgid "Done"\nmsgstr "已提交!"\n'}, "'!'"),
    (languages.missing, {HANT: 'msgid "Sign"\nmsgstr ""\n'}, "not translated: Sign"),
    (
        languages.two_translations,
        {
            CATALOGUE: 'msgid "Draft"\nmsgstr "草稿"\n',
            "src/aftersign/desk/locale/zh_Hans/LC_MESSAGES/django.po": 'msgid "Draft"\nmsgstr "草案"\n',
        },
        "'Draft' has 2 translations",
    ),
    (languages.foreign_script, {CATALOGUE: 'msgid "Order"\nmsgstr "訂單"\n'}, "訂單 is of the other script"),
    (languages.foreign_script, {HANT: 'msgid "Order"\nmsgstr "订單"\n'}, "订 is of the other script"),
    (languages.foreign_words, {CATALOGUE: 'msgid "Send"\nmsgstr "请 send 给他"\n'}, "send in:"),
    (languages.against_the_glossary, {HANT: 'msgid "Evidence"\nmsgstr "憑據"\n'}, "Evidence is 證據"),
    (languages.glued_strings, {f"{ROOM}/views.py": 'SAID = _("Sent to ") + _("all")\n'}, "glued from pieces"),
    (
        languages.glued_strings,
        {f"{ROOM}/templates/handover/a.html": '{% translate "Sent to" %}:{% translate "all" %}'},
        "glued together",
    ),
    (languages.untranslated_text, {f"{ROOM}/templates/handover/a.html": "<p>Send it</p>"}, "not translated: Send it"),
    (languages.untranslated_text, {f"{ROOM}/templates/handover/a.html": '<a title="签字">'}, "not translated: 签字"),
    (catalogues.languages_missing, {CATALOGUE: 'msgid "Sign"\nmsgstr "签字"\n'}, "no catalogue of zh_Hant"),
    (documents.missing_targets, {"README.md": "Say `make coffee`.", "Makefile": "test:\n"}, "no `make coffee`"),
    (documents.missing_files, {"README.md": "See `docs/gone.md`."}, "no `docs/gone.md`"),
    (documents.missing_files, {"README.md": "See [it](docs/gone.md)."}, "leads nowhere"),
    (documents.decisions, {DECISION: "# We decide\n", "docs/adr/README.md": "nothing"}, "not in docs/adr/README.md"),
    (documents.decisions, {DECISION: "# We decide\n"}, "lacks '## Rejected'"),
]


@pytest.mark.parametrize(("rule", "files", "expected"), FAULTS, ids=lambda value: getattr(value, "__name__", None))
def test_finds_the_planted_fault(rule: Rule, files: dict[str, str], expected: str, tmp_path: Path) -> None:
    """One fault, found once or more, with what is wrong in the words of the rule."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert any(expected in fault for fault in rule(House(tmp_path)))


INNOCENT: list[tuple[Rule, dict[str, str]]] = [
    (
        imports.forbidden_uses,
        {f"{ROOM}/acts.py": "from aftersign.kernel import journal\nimport aftersign.orders.models"},
    ),
    (imports.imports_inside_functions, {f"{ROOM}/apps.py": "def ready(self):\n    import aftersign.orders\n"}),
    (pages.refused_markup, {f"{ROOM}/templates/handover/a.html": '<script type="module" src="a.js"></script>'}),
    (
        pages.refused_markup,
        {f"{ROOM}/templates/handover/a.html": '<a href="?only=late" data-stylesheet="x">{{ on }}</a>'},
    ),
    (words.clause_numbers, {f"{ROOM}/tests/test_acts.py": 'assert refused_by == "2.1.2.a"'}),
    (words.clause_numbers, {f"{ROOM}/acts.py": 'ADDRESS = "127.0.0.1"'}),
    (words.traces, {"a.md": "https://example.org/home/page and ~/work/here"}),
    (catalogues.chinese_manners, {CATALOGUE: 'msgid "Address"\nmsgstr "地址 https://a.cn\uff0c见 3.2.3"\n'}),
]


@pytest.mark.parametrize(("rule", "files"), INNOCENT, ids=lambda value: getattr(value, "__name__", None))
def test_leaves_the_innocent_alone(rule: Rule, files: dict[str, str], tmp_path: Path) -> None:
    """What only looks like a fault is none."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(rule(House(tmp_path))) == []


PUNCTUATION = [
    ("已提交,等审批", "已提交\uff0c等审批"),
    ("%(name)s,已提交", "%(name)s\uff0c已提交"),
    ("到期: %(day)s", "到期\uff1a%(day)s"),
    ("订单(共 %(n)s 个)", "订单\uff08共 %(n)s 个\uff09"),
    ("见 https://a.cn/b?c", "见 https://a.cn/b?c"),
    ("周二 18:00 (UTC)", "周二 18:00 (UTC)"),
    ("见 [决策](docs/adr)一页", "见 [决策](docs/adr)一页"),
    ("运行 `a,乙`", "运行 `a,乙`"),
]


@pytest.mark.parametrize(("written", "printed"), PUNCTUATION)
def test_chinese_punctuation(written: str, printed: str) -> None:
    """Marks beside ideographs become full-width; placeholders, addresses, code and plain Latin stay."""
    assert as_chinese(written) == printed
    assert as_chinese(printed) == printed


def test_order_of_the_floors() -> None:
    """A unit may use what stands below it and itself, nothing else."""
    assert not objection("chapters.care", "kernel.journal")
    assert not objection("chapters.care", "chapters.care")
    assert not objection("kernel.shell", "kernel.clock")
    assert objection("kernel.clock", "kernel.shell")
    assert objection("orders", "policy")
    assert objection("chapters.care", "chapters.quality")
