"""The shipped edition is sound, whole, and read as it is written."""

import re
from collections import Counter
from pathlib import Path

from aftersign.policy.rulebook import DEFAULT, Place, Rulebook, check, load
from aftersign.policy.rulebook.tests.mutants import copy_edition, reference_says

EDITION = load(DEFAULT)


def test_the_shipped_edition_is_sound() -> None:
    assert check(DEFAULT) == ()


def test_counts_are_those_of_the_second_opinion() -> None:
    code, said = reference_says(DEFAULT)
    assert code == 0
    counted = {noun: int(count) for noun, count in re.findall(r"(\w+) (\d+)", said.splitlines()[0])}
    derived = sum(term.derived for term in EDITION.terms.values())
    stated = sum(param.basis != "ours" for param in EDITION.params.values())
    people = {act for fact in EDITION.facts.values() for act in fact.stated_by} - {"clock", "import", "setup"}
    assert counted == {
        "clauses": len(EDITION.clauses),
        "terms": len(EDITION.terms),
        "derived": derived,
        "parameters": len(EDITION.params),
        "stated": stated,
        "facts": len(EDITION.facts),
        "acts": len(people),
        "units": len(EDITION.units),
        "roles": len(EDITION.roles),
        "checks": len(EDITION.checks),
        "words": len(EDITION.words),
    }


def test_kinds_of_terms_are_those_of_the_second_opinion() -> None:
    kinds, *rooms, last = (line.split() for line in _table(reference_says(DEFAULT)[1]))
    counts = {room: dict(zip(kinds[1:-1], map(int, numbers[:-1]), strict=True)) for room, *numbers in rooms}
    for room, by_kind in counts.items():
        terms = [term.kind for term in EDITION.terms.values() if term.room == room]
        assert dict(Counter(terms)) == {kind: count for kind, count in by_kind.items() if count}
    assert sum(map(len, counts.values())) == len(EDITION.rooms) * (len(last) - 2)


def _table(said: str) -> list[str]:
    lines = said.splitlines()
    return lines[1 : 2 + next(i for i, line in enumerate(lines[1:]) if line.startswith("all"))]


def test_a_duty_is_read_as_written() -> None:
    duty = EDITION.terms["2.1.1.a"]
    assert (duty.kind, duty.room, duty.clause, duty.per, duty.owner) == ("duty", "handover", "2.1.1", "order", "sales")
    assert (duty.opens, duty.closes) == (("order.signed",), ("handover.submitted",))
    assert (duty.within, duty.evidence, duty.severity) == ("$handover_form_days", ("form",), "critical")
    assert duty.escalates == (("+1bd", "head_of_owner"), ("+3bd", "general_manager"))
    assert _line(duty.place) == "```terms"


def test_other_kinds_are_read_as_written() -> None:
    assert EDITION.terms["2.1.1.b"].parts == "$handover_sections"
    assert EDITION.terms["2.1.2.a"].where == {"version": 1}
    assert EDITION.terms["2.1.3.i"].act == ("handover.accept_copy", "handover.return_copy")
    assert EDITION.terms["2.1.3.i"].firm
    assert EDITION.terms["2.3.1.a"].target == "$handover_total_days"
    assert EDITION.terms["2.3.1.a"].from_[-1] == "handover.corrected"
    assert EDITION.terms["3.2.2.a"].only == {"grade": ("A", "B")}


def test_clauses_speak_three_languages() -> None:
    clause = EDITION.clauses["2.1.1"]
    assert (clause.title.zh_hans, clause.title.zh_hant) == ("填写交接单", "填寫交接單")
    assert all("{handover_form_days}" in text for text in (clause.text.zh_hans, clause.text.zh_hant, clause.text.en))
    assert [param.name for param in clause.params] == ["handover_form_days", "handover_sections"]
    assert EDITION.chapters["handover"].zh_hans == "二、订单交接"
    assert EDITION.sections["2.1"].en == "Handover procedure"
    assert {clause.number for clause in EDITION.clauses.values() if clause.ours} == {
        "10.3.2",
        "11.1.1",
        "11.2.1",
        "11.3.1",
    }


def test_parameters_stand_where_they_are_declared() -> None:
    for param in EDITION.params.values():
        assert _line(param.place) == f"[{param.name}]"


def test_facts_carry_what_their_unit_is_born_with() -> None:
    assert EDITION.facts["handover.copy_accepted"].carries == {"handover_copy", "order"}
    assert EDITION.facts["order.signed"].carries == {"order", "customer"}
    assert "complaint" not in EDITION.facts["risks.assessed"].carries


def test_order_of_stages_grades_and_limits() -> None:
    assert [stage.stage for stage in EDITION.stages][:2] == ["signed", "handed_over"]
    assert [grade.grade for grade in EDITION.grades] == ["A", "C", "A", "C", "B"]
    assert EDITION.stages_beside[0].to == ("order.resumed",)
    assert EDITION.limits[0].accepts is None
    assert EDITION.limits[2].accepts is not None
    assert "order.close" in EDITION.limits[2].accepts
    assert EDITION.approvers["release"] == ("head_of_owner", "general_manager")
    assert "2.2.1.a" in EDITION.order_wide.kept_after_termination


def test_a_word_is_called_as_its_room_calls_it() -> None:
    renamed = next(name for name in EDITION.words if "." in name)
    room, word = renamed.split(".")
    assert EDITION.word(word, room) is EDITION.words[renamed]
    assert EDITION.word(word, "elsewhere") is EDITION.words[word]


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    first = load(tmp_path)
    assert first.digest != EDITION.digest
    assert load(tmp_path).digest == first.digest
    (tmp_path / "NOTES.md").write_text("not part of the rulebook", encoding="utf-8")
    assert load(tmp_path).digest == first.digest
    words = tmp_path / "words.toml"
    words.write_text(words.read_text(encoding="utf-8") + "\n# one more line\n", encoding="utf-8")
    changed = load(tmp_path)
    assert changed.digest != first.digest
    assert _but_text(changed) == _but_text(first)


def test_a_copy_of_its_texts_is_the_same_rulebook(tmp_path: Path) -> None:
    for name, text in EDITION.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load(tmp_path) == EDITION


def _but_text(rulebook: Rulebook) -> tuple[object, ...]:
    return (rulebook.clauses, rulebook.facts, rulebook.words, rulebook.roles, rulebook.checks)


def _line(place: Place) -> str:
    return (DEFAULT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
