"""A form set as PDF: data goes in as data, and what comes out says which characters could not be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aftersign.kernel.print.codes import picture, verification_code
from aftersign.kernel.print.fonts import Fonts, fonts
from aftersign.kernel.print.wording import PLAIN_MARK, Wording

PACKAGE = Path(__file__).resolve().parents[2]  # templates are named from here, and cannot read what lies outside
NAMED = 12
_LANGUAGES = {"zh-hans": ("zh", "cn"), "zh-hant": ("zh", "tw")}


@dataclass(frozen=True)
class Sheet:
    """A form to be printed: its template with what that shows, and what stands around it on every page.

    `running` heads the pages after the first; `foot` are labels with values under every page. The code is made from the
    check value, and its picture leads to `address`.
    """

    template: str
    title: str
    running: str
    check_value: str
    address: str
    foot: Sequence[tuple[str, str]]
    body: Mapping[str, Any]
    notices: Sequence[str] = ()


@dataclass(frozen=True)
class Printed:
    """A form as PDF, the characters that had to be replaced, and whether it is fit for archives (PDF/A)."""

    pdf: bytes
    lacking: tuple[str, ...]
    is_archival: bool

    @property
    def warning(self) -> str:
        """What whoever prints has to be told; nothing when everything could be shown."""
        return said_of(self.lacking) if self.lacking else ""


def typeset(sheet: Sheet, *, at: datetime) -> Printed:
    """Set a form in the language of the reader; the same data at the same time gives the same bytes."""
    with_fonts = fonts()
    data, lacking = _data(sheet, with_fonts)
    said = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return Printed(_compiled(sheet.template, said, with_fonts, at, archival=True), lacking, is_archival=True)
    except typst.TypstError:
        # What an archive does not take still has to be printed; a fault of the template fails here again.
        return Printed(_compiled(sheet.template, said, with_fonts, at, archival=False), lacking, is_archival=False)


def _compiled(template: str, said: dict[str, str], with_fonts: Fonts, at: datetime, *, archival: bool) -> bytes:
    return typst.compile(
        PACKAGE / template,
        root=PACKAGE,
        font_paths=with_fonts.held,
        sys_inputs=said,
        pdf_standards="a-2b" if archival else None,
        timestamp=int(at.timestamp()),
    )


def said_of(lacking: Sequence[str]) -> str:
    """Which characters were replaced, by their numbers in Unicode."""
    named = " ".join(f"U+{ord(each):04X}" for each in lacking[:NAMED])
    more = " …" if len(lacking) > NAMED else ""
    sentence = ngettext(
        "%(count)s character cannot be shown by the font of this form and is printed as 〓: %(which)s",
        "%(count)s characters cannot be shown by the font of this form and are printed as 〓: %(which)s",
        len(lacking),
    )
    return sentence % {"count": len(lacking), "which": f"{named}{more}"}


def _data(sheet: Sheet, with_fonts: Fonts) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Everything that the template shows, fit for the fonts; the note on lacking characters comes last."""
    language, region = _LANGUAGES.get(get_language() or "zh-hans", ("en", None))
    wording = Wording(with_fonts.shows)
    fit = {
        "title": wording.fit(sheet.title),
        "running": wording.fit(sheet.running),
        "foot": [{"label": wording.fit(label), "value": wording.fit(value)} for label, value in sheet.foot],
        "code": {"label": _("Verification code"), "value": verification_code(sheet.check_value)},
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "body": wording.fit(sheet.body),
    }
    notices = wording.fit(sheet.notices)
    lacking = wording.lacking
    if lacking:
        notices.append(Wording(with_fonts.shows | {ord(PLAIN_MARK)}).fit(said_of(lacking)))
    fit["code"]["picture"] = picture(sheet.address)
    fit["fonts"] = {"heading": with_fonts.heading, "body": with_fonts.body}
    return fit | {"notices": notices, "language": language, "region": region}, lacking
