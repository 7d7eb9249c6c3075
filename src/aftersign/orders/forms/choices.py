"""What may be chosen in forms of orders: words of the policy, currencies and tax rates."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aftersign.kernel.org.queries import company
from aftersign.kernel.units import words

Choices = list[tuple[str, str]]
CONTRACT, OTHER_PAPER = "contract", "other_papers"
PAPER_LISTS = ("requirement_document_kinds", "other_document_kinds")
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD", "KRW", "AUD")
TAX_RATES = ("13", "9", "6", "3", "1", "0")


def worded(names: Iterable[str]) -> Choices:
    """Names with their labels in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    return [(name, words.label("word", name, language)) for name in names]


def order_kinds() -> Choices:
    """The kinds of order that the policy covers."""
    return worded(words.members("order_kinds"))


def paper_kinds() -> Choices:
    """The kinds of paper that a signed order comes with."""
    listed = [name for each in PAPER_LISTS for name in words.members(each)]
    return worded(dict.fromkeys((CONTRACT, *listed, OTHER_PAPER)))


def secrecy_levels() -> Choices:
    """The levels of secrecy; the first is none."""
    return [("", pgettext("secrecy", "None")), *worded(words.members("confidential_levels"))]


def currencies() -> Choices:
    """Currencies with the company's own in front."""
    base = company().base_currency
    names = {
        "CNY": _("Chinese yuan"),
        "USD": _("US dollar"),
        "EUR": _("Euro"),
        "HKD": _("Hong Kong dollar"),
        "JPY": _("Japanese yen"),
        "GBP": _("Pound sterling"),
        "TWD": _("Taiwan dollar"),
        "SGD": _("Singapore dollar"),
        "KRW": _("Korean won"),
        "AUD": _("Australian dollar"),
    }
    return [(code, f"{code} {names.get(code, '')}".strip()) for code in dict.fromkeys((base, *CURRENCIES))]


def tax_rates() -> Choices:
    """Rates of value added tax."""
    return [("", pgettext("tax rate", "Not said")), *((rate, f"{rate}%") for rate in TAX_RATES)]
