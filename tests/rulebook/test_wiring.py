"""The policy is the wiring: whatever a clause of the edition is changed to say, duties, refusals and acts follow."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aftersign.policy.engine import runs
from aftersign.policy.rulebook import DEFAULT, BrokenRulebook, Rulebook, load
from tests.rulebook.sentences import Answer, duty_sentence, named, say
from tests.rulebook.stories import CALENDAR, Journal, iso

Edit = Callable[..., Rulebook]
SIGNED = "2026-09-07 10:00 order.signed"


@pytest.fixture(scope="module")
def default() -> Rulebook:
    """The edition as delivered."""
    return load(DEFAULT)


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Loads a copy of the default edition in which the term or parameter of a clause says something else."""
    folder = shutil.copytree(DEFAULT, tmp_path / "edition")

    def changed(room: str, after: str, old: str, new: str) -> Rulebook:
        path = folder / f"{room}.zh-Hans.md"
        before, mark, rest = path.read_text(encoding="utf-8").partition(after)
        assert mark, f"{after!r} is not in {path.name}"
        assert old in rest, f"{old!r} does not come after {after!r}"
        path.write_text(before + mark + rest.replace(old, new, 1), encoding="utf-8")
        return load(folder)

    return changed


def run(rulebook: Rulebook, until: str, *facts: str) -> Answer:
    """What comes of facts, told as in the cases."""
    return runs.run(rulebook, lines(rulebook, *facts), CALENDAR, iso(until), None)


def ask(rulebook: Rulebook, until: str, act: str, units: dict[str, str], *facts: str) -> Answer:
    """Whether an act would be refused."""
    return runs.ask(rulebook, lines(rulebook, *facts), CALENDAR, iso(until), None, act, units)


def lines(rulebook: Rulebook, *facts: str) -> list[dict[str, object]]:
    """The journal of facts told as in the cases."""
    journal = Journal(rulebook)
    for fact in facts:
        journal.enter(fact)
    return journal.lines


def holds(text: str, answer: Answer) -> bool:
    """Whether the one duty a sentence is about is as it says."""
    sentence = duty_sentence(text)
    (duty,) = named(answer["duties"], sentence.name)
    assert not (wrong := sentence.faults(duty)), f"{wrong}\n  expected  {text}\n  came      {say(duty)}"
    return True


def test_another_owner(default: Rulebook, edit: Edit) -> None:
    """The form is given to customer service, and its duty goes there."""
    facts = (
        "2026-09-01 09:00 general.department_listed d1 with code=customer_service head=Hc without above",
        SIGNED,
    )
    changed = edit("handover", "## 2.1.1 ", 'owner     = "sales"', 'owner     = "customer_service"')
    assert holds("2.1.1.a o1 open owner S", run(default, "2026-09-07 11:00", *facts))
    assert holds("2.1.1.a o1 open owner Hc", run(changed, "2026-09-07 11:00", *facts))


def test_another_due_time(default: Rulebook, edit: Edit) -> None:
    """Three days for the form instead of one."""
    changed = edit("handover", "[handover_form_days]", 'value = "1bd"', 'value = "3bd"')
    assert holds("2.1.1.a o1 open due 2026-09-08", run(default, "2026-09-07 11:00", SIGNED))
    assert holds("2.1.1.a o1 open due 2026-09-10", run(changed, "2026-09-07 11:00", SIGNED))


def test_another_due_time_for_a_grade(default: Rulebook, edit: Edit) -> None:
    """Small orders get half a week for the plan; the others keep theirs."""
    facts = (SIGNED, "2026-09-07 10:00 order.signed o2 with grade=C", "2026-09-09 10:00 handover.accepted o2")
    changed = edit("planning", "[plan_draft_days]", 'C = "2bd"', 'C = "3bd"')
    assert holds("3.1.1.a o2 open due 2026-09-11", run(default, "2026-09-09 11:00", *facts))
    assert holds("3.1.1.a o2 open due 2026-09-14", run(changed, "2026-09-09 11:00", *facts))


def test_other_evidence(default: Rulebook, edit: Edit) -> None:
    """What the closing fact must carry is asked of it."""
    facts = (SIGNED, "2026-09-08 10:00 handover.submitted without version")
    changed = edit("handover", "## 2.1.1 ", 'evidence  = ["form"]', 'evidence  = ["form", "version"]')
    assert holds("2.1.1.a o1 done", run(default, "2026-09-08 11:00", *facts))
    answer = run(changed, "2026-09-08 11:00", *facts)
    assert holds("2.1.1.a o1 open", answer)
    assert [refusal["why"] for refusal in answer["refused"]] == ["evidence"]


def test_fewer_documents_as_evidence(default: Rulebook, edit: Edit) -> None:
    """A list of parts is evidence word by word: a word struck from the list is no longer asked."""
    kinds = [
        "contract",
        "customer_requirement",
        "project_plan",
        "project_report",
        "inspection_report",
        "communication_record",
    ]
    entries = ",".join(f'"{kind}":"filed"' for kind in kinds)
    facts = (
        SIGNED,
        "2026-10-12 10:00 order.completed",
        f"2026-10-13 10:00 documents.checklist_done with kinds={{{entries}}}",
    )
    changed = edit("documents", "[order_document_kinds]", ', "visit_record"]', "]")
    assert holds("6.1.1.a o1 open", run(default, "2026-10-13 11:00", *facts))
    assert holds("6.1.1.a o1 done", run(changed, "2026-10-13 11:00", *facts))


def test_only_for_some_orders(default: Rulebook, edit: Edit) -> None:
    """A duty that is said to be only for large orders is not applicable to others."""
    changed = edit("handover", "## 2.2.1 ", 'per       = "order"', 'per       = "order"\nonly      = { grade = ["A"] }')
    assert holds("2.2.1.a o1 open due 2026-09-09", run(default, "2026-09-07 11:00", SIGNED))
    answer = run(changed, "2026-09-07 11:00", SIGNED, "2026-09-07 10:30 order.signed o2 with grade=A")
    assert holds("2.2.1.a o1 not_applicable due never", answer)
    assert holds("2.2.1.a o2 open", answer)


def test_other_parts_of_a_content(default: Rulebook, edit: Edit) -> None:
    """The parts an act asks for are those of the clause."""
    changed = edit("handover", "[handover_sections]", ', "special_matters"]', "]")
    for rulebook, parts in (
        (default, ["basic_information", "customer_requirements", "special_matters"]),
        (changed, ["basic_information", "customer_requirements"]),
    ):
        answer = ask(rulebook, "2026-09-07 11:00", "handover.submit", {"order": "o1"}, SIGNED)
        asked = [need["parts"] for need in answer["needs"] if need["term"] == "2.1.1.b" and need.get("parts")]
        assert [list(one) for one in asked] == [parts]


def test_another_check_of_a_gate(default: Rulebook, edit: Edit) -> None:
    """A gate asks the check that its clause names."""
    facts = (SIGNED, "2026-09-07 11:00 changes.requested C1", "2026-09-07 11:00 changes.assessed C1")
    units = {"order": "o1", "change": "C1"}
    changed = edit("changes", "## 3.4.2 ", '"approver_is_not_requester"', '"second_approver_is_another"')
    for rulebook, check in ((default, "approver_is_not_requester"), (changed, "second_approver_is_another")):
        answer = ask(rulebook, "2026-09-07 12:00", "changes.approve", units, *facts)
        assert answer["refused_by"] == []
        assert [need["check"] for need in answer["needs"] if need["term"] == "3.4.2.c"] == [check]


def test_another_fact_opens_a_gate(default: Rulebook, edit: Edit) -> None:
    """A project may start once the form is submitted, if the clause says so."""
    facts = (SIGNED, "2026-09-07 11:00 handover.submitted")
    changed = edit("planning", "## 3.1.1 ", 'unless    = "handover.accepted"', 'unless    = "handover.submitted"')
    refused = ask(default, "2026-09-07 12:00", "planning.start", {"order": "o1"}, *facts)["refused_by"]
    assert [refusal["term"] for refusal in refused] == ["3.1.1.b"]
    assert ask(changed, "2026-09-07 12:00", "planning.start", {"order": "o1"}, *facts)["refused_by"] == []


def test_another_number_of_a_clause(default: Rulebook, tmp_path: Path) -> None:
    """A clause that is numbered anew keeps its duties and its gates, under the new number."""
    folder = shutil.copytree(DEFAULT, tmp_path / "edition")
    for path in folder.iterdir():
        if path.suffix in (".md", ".toml"):
            path.write_text(path.read_text(encoding="utf-8").replace("2.1.3", "2.1.7"), encoding="utf-8")
    facts = (SIGNED, "2026-09-07 11:00 handover.copy_sent c1")
    for rulebook, number in ((default, "2.1.3"), (load(folder), "2.1.7")):
        answer = run(rulebook, "2026-09-07 12:00", *facts)
        assert holds(f"{number}.b c1 open due 2026-09-09", answer)
        assert {duty["term"] for duty in answer["duties"]} >= {"2.1.1.a", f"{number}.b"}
        refused = ask(rulebook, "2026-09-07 12:00", "handover.sign", {"order": "o1"}, *facts)["refused_by"]
        assert [refusal["term"] for refusal in refused] == [f"{number}.f"]


def test_another_condition(default: Rulebook, edit: Edit) -> None:
    """Case 4: a new edition with lag_days 3 makes nothing of a lag of two days."""
    facts = (SIGNED, "2026-09-18 10:00 planning.lag_found L2 with days_late=2")
    changed = edit("planning", "[lag_days]", "value = 2", "value = 3")
    assert holds("3.2.3.a L2 open due 2026-09-20", run(default, "2026-09-18 11:00", *facts))
    assert named(run(changed, "2026-09-18 11:00", *facts)["duties"], ("3.2.3.a", "L2", None)) == []


def test_another_condition_on_the_opening_fact(default: Rulebook, edit: Edit) -> None:
    """The distribution waits for version 2, if the clause says so."""
    facts = (SIGNED, "2026-09-08 10:00 handover.submitted with version=1")
    changed = edit("handover", "## 2.1.2 ", "where     = { version = 1 }", "where     = { version = 2 }")
    assert holds("2.1.2.a o1 open", run(default, "2026-09-08 11:00", *facts))
    assert named(run(changed, "2026-09-08 11:00", *facts)["duties"], ("2.1.2.a", "o1", None)) == []


def test_another_escalation(default: Rulebook, edit: Edit) -> None:
    """The head is told a day later, and the general manager no more."""
    old = 'escalates = ["+1bd head_of_owner", "+3bd general_manager"]'
    changed = edit("handover", "## 2.1.1 ", old, 'escalates = ["+2bd head_of_head"]')
    until = "2026-09-20 10:00"
    as_delivered = "told +1bd head_of_owner 2026-09-09 and +3bd general_manager 2026-09-11"
    assert holds(f"2.1.1.a o1 breached {as_delivered}", run(default, until, SIGNED))
    assert holds("2.1.1.a o1 breached told +2bd head_of_head 2026-09-10", run(changed, until, SIGNED))


def test_a_stage_that_refuses(default: Rulebook, tmp_path: Path) -> None:
    """What a stage accepts is the edition's."""
    folder = shutil.copytree(DEFAULT, tmp_path / "edition")
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"planning.start", "planning.start_task"', '"planning.start_task"'), encoding="utf-8")
    facts = (SIGNED, "2026-09-07 11:00 handover.accepted", "2026-09-08 10:00 order.suspended")
    refused = ask(default, "2026-09-08 11:00", "planning.start", {"order": "o1"}, *facts)["refused_by"]
    assert [refusal["term"] for refusal in refused] == ["limits"]
    assert ask(load(folder), "2026-09-08 11:00", "planning.start", {"order": "o1"}, *facts)["refused_by"] == []


def test_a_broken_edition_is_refused(edit: Edit) -> None:
    """An owner that nobody declared: the edition is refused with file, line and reason."""
    with pytest.raises(BrokenRulebook) as broken:
        edit("handover", "## 2.1.1 ", 'owner     = "sales"', 'owner     = "nobody_we_know"')
    (fault, *_) = broken.value.faults
    assert fault.file == "handover.zh-Hans.md"
    assert "nobody_we_know" in fault.reason
