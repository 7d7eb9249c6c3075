"""The act by which the company itself changes."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.chapters.general.queries.reckoning import reckons_already
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Language

CURRENCY = 3


@act("general.change_company", capability="general.change_company")
def change_company(
    company: Company, *, name: str, language: str, time_zone: str, base_currency: str, by: Actor
) -> Company:
    """The company is called otherwise, or works in another language, time zone or currency; people keep their language.

    Raises `Refused` for a name, language, zone or currency that is none, and for another zone or currency once there is
    an order: its amounts and days were reckoned by them.
    """
    after = {"name": name.strip(), "language": language, "time_zone": time_zone, "base_currency": base_currency}
    _refuse_what_is_none(after)
    changed: dict[str, Any] = {key: value for key, value in after.items() if value != getattr(company, key)}
    fixed = tuple(key for key in ("time_zone", "base_currency") if key in changed)
    if fixed and reckons_already():
        sentence = _("There are orders already, reckoned by this time zone and currency; both stay as they are.")
        raise Refused.because(sentence, missing=fixed[:1])
    if changed:
        for key, value in changed.items():
            setattr(company, key, value)
        company.save(update_fields=list(changed))
        told = changed | ({"language": language.replace("-", "_")} if "language" in changed else {})
        state(facts.CompanyChanged(about=company, **told))
    return company


def _refuse_what_is_none(after: dict[str, str]) -> None:
    currency = after["base_currency"]
    if not after["name"]:
        raise Refused.because(_("Write the name of the company."), missing=("name",))
    if after["language"] not in Language.values:
        raise Refused.because(_("There is no such language."), missing=("language",))
    if after["time_zone"] not in available_timezones():
        raise Refused.because(_("There is no such time zone."), missing=("time_zone",))
    if len(currency) != CURRENCY or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        raise Refused.because(_("Write the currency in three capital letters."), missing=("base_currency",))
