"""What never changes is worked out once, and still is said in the language of whoever reads."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.base import Node
from django.utils import translation

from aftersign.kernel.shell.templatetags.shell_fixed import Fixed


def fixed(template: Template) -> list[bool]:
    """Whether each of the tags of a template is worked out once."""
    return [isinstance(each, Fixed) for each in template.nodelist if type(each) is not Node and each.token]


@pytest.mark.parametrize(
    ("source", "is_fixed"),
    [
        ('{% translate "Settings" %}', True),
        ("{% translate 'Settings' %}", True),
        ('{% translate "Settings" as word %}{{ word }}', False),
        ("{% translate word %}", False),
        ('{% translate "Changed" context "view" %}', False),
        ('{% translate word|default:"Settings" %}', False),
        ('{% url "orders:list" %}', True),
        ('{% url "orders:list" as there %}{{ there }}', False),
        ("{% url route %}", False),
        ('{% url "orders:order" "SO-1" %}', False),
        ('{% static "shell/logo.svg" %}', True),
        ("{% static file %}", False),
    ],
)
def test_only_what_stands_there_in_quotes_is_worked_out_once(source: str, is_fixed: bool) -> None:
    assert fixed(Template(source))[0] == is_fixed


def test_a_sentence_is_said_in_every_language() -> None:
    template = Template('{% translate "Settings" %} {% translate "100% & more" %}')
    said = []
    for language in ("zh-hans", "en", "zh-hant", "zh-hans", "en"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said == [
        "管理设置 100% & more",
        "Settings 100% & more",
        "管理設置 100% & more",
        "管理设置 100% & more",
        "Settings 100% & more",
    ]


def test_an_address_that_is_none_is_told_each_time() -> None:
    template = Template('{% url "nowhere:at-all" %}')
    for _time in range(2):
        with pytest.raises(Exception, match="nowhere"):
            template.render(Context())
