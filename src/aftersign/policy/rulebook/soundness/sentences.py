"""Every clause has its sentence in three languages, and all three show the same declared parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault
from aftersign.policy.rulebook.sheets import LANGUAGES, WrittenClause
from aftersign.policy.rulebook.tables import holds_chinese

SHOWN = re.compile(r"\{(\w*)\}")


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of the texts of clauses."""
    for room in draft.rulebook.rooms:
        first = {clause.number: clause for clause in draft.sheets[LANGUAGES[0], room].clauses}
        for language in LANGUAGES:
            sheet = draft.sheets[language, room]
            if language == "en" and holds_chinese(sheet.title):
                yield Fault(sheet.file, sheet.title_line, "English chapter heading holds Chinese characters")
            for clause in sheet.clauses:
                yield from _text(draft, clause, language)
                if clause.number in first and clause.text:
                    yield from _same_params(first[clause.number], clause)


def _text(draft: Draft, clause: WrittenClause, language: str) -> Iterator[Fault]:
    file = clause.place.file
    if not clause.text:
        yield Fault(file, clause.place.line, f"clause {clause.number} has no text")
    if language == "en" and holds_chinese(clause.title):
        yield Fault(file, clause.place.line, "English title holds Chinese characters")
    for number, line in clause.text:
        if language == "en" and holds_chinese(line):
            yield Fault(file, number, "English text holds Chinese characters")
        for name in SHOWN.findall(line):
            if name not in draft.rulebook.params:
                yield Fault(file, number, f"text shows unknown parameter {{{name}}}")
        if re.search(r"[{}]", SHOWN.sub("", line)):
            yield Fault(file, number, "text has a brace that encloses no parameter")


def _same_params(first: WrittenClause, other: WrittenClause) -> Iterator[Fault]:
    wanted, shown = (set(SHOWN.findall(clause.sentence)) for clause in (first, other))
    if odd := sorted(wanted ^ shown):
        place = other.place_of_text(f"{{{odd[0]}}}")
        names = ", ".join(f"{{{name}}}" for name in odd)
        yield Fault(place.file, place.line, f"shows other parameters than {first.place.file}: {names}")
