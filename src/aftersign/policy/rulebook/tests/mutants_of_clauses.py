"""Mistakes in the Markdown files of an edition."""

from __future__ import annotations

from aftersign.policy.rulebook.tests.mutants import Mutant

HANDOVER = "handover.zh-Hans.md"
FORM = "[handover_form_days]\n"

SPARE = """[spare_days]
value = "1bd"
min = "1bd"
max = "2bd"
basis = "ours"
zh = "备"
zh_hant = "備"
en = "Spare"

"""

SHEETS = (
    Mutant(HANDOVER, "# 二、订单交接", "二、订单交接", "chapter heading"),
    Mutant(HANDOVER, "room: handover", "room: planning", "does not match the file name"),
    Mutant(HANDOVER, "room: handover", "room: handover\n\n开头。\n再说。", "may stand before", at="再说"),
    Mutant(HANDOVER, "## 2.1.2 分送", "## 2.1 分送", "heading is neither"),
    Mutant(HANDOVER, "## 2.1.2 分送", "# 三、又一章\n## 2.1.2 分送", "second chapter heading"),
    Mutant(HANDOVER, "## 2.1.2 分送", "## 2.1.1 分送", "clause 2.1.1 stands twice"),
    Mutant(HANDOVER, "## 2.1.2 分送", "## 2.0.2 分送", "clauses are not in order"),
    Mutant(HANDOVER, "```terms\n", "```term\n", "unknown fence 'term'"),
    Mutant(
        HANDOVER,
        'severity  = "critical"\n```',
        'severity  = "critical"',
        "fence is not closed",
        at=(HANDOVER, "```terms"),
    ),
    Mutant(HANDOVER, "```terms\nkind      =", "kind =", "a fence ends here", at=(HANDOVER, "```\n")),
    Mutant(HANDOVER, "room: handover", "room: handover\n```terms\n```", "before the first clause", at="```terms"),
    Mutant(HANDOVER, 'kind      = "duty"', 'kind      = "duty', "not valid TOML"),
    Mutant(
        HANDOVER,
        'kind      = "duty"',
        'kind      = "duty"\nkind = "duty"',
        "not valid TOML",
        at="kind = ",
    ),
    Mutant(
        HANDOVER, "应在签单后 {handover_form_days}", "应在签单后 {handover_days}", "unknown parameter {handover_days}"
    ),
    Mutant(HANDOVER, "应在签单后 {handover_form_days}", "应在签单后 {handover_form_days", "brace that encloses no"),
    Mutant("handover.en.md", "## 2.1.2", "## 2.1.9", "headings differ: clause 2.1.9 stands"),
    Mutant("handover.en.md", "{handover_form_days}", "one day", "shows other parameters"),
    Mutant("handover.en.md", "Within {handover_form_days}", "在 {handover_form_days}", "English text holds Chinese"),
    Mutant(
        "handover.zh-Hant.md",
        "## 2.1.2",
        "completed_by_us: true\n\n## 2.1.2",
        "completed_by_us differs",
        at=("handover.zh-Hant.md", "## 2.1.1"),
    ),
    Mutant("handover.zh-Hant.md", "## 2.1.2", "```params\nx = 1\n```\n\n## 2.1.2", "belong in handover.zh-Hans.md"),
    Mutant(
        "handover.en.md", "room: handover", "room: handover\ncompleted_by_us: yes", "write 'completed_by_us", at="comp"
    ),
)

PARAMS = (
    Mutant(HANDOVER, f'{FORM}value = "1bd"', f'{FORM}value = "1 bd"', "'1 bd' is no duration", at="value"),
    Mutant(HANDOVER, f'{FORM}value = "1bd"', f'{FORM}value = "11bd"', "outside 0bd to 10bd", at="value"),
    Mutant(HANDOVER, f'{FORM}value = "1bd"', f"{FORM}value = 2026-01-01", "value is 2026-01-01", at="value"),
    Mutant(HANDOVER, f'{FORM}value = "1bd"', FORM, "value is missing"),
    Mutant(HANDOVER, f'{FORM}value = "1bd"', f"{FORM}value = true", "value is a truth value, while", at="value"),
    Mutant(
        HANDOVER,
        f'{FORM}value = "1bd"\nmin = "0bd"',
        f'{FORM}value = "1bd"\nmin = 0',
        "min is a number, not a duration",
        at="min",
    ),
    Mutant(HANDOVER, f'{FORM}value = "1bd"\nmin = "0bd"', f'{FORM}value = "1bd"', "min is missing"),
    Mutant(HANDOVER, 'basis = "ours"', 'basis = "guessed"', "basis must be"),
    Mutant(HANDOVER, 'basis = "ours"', 'basis = "ours"\nunit = "bd"', "unknown key unit", at="unit"),
    Mutant(HANDOVER, 'en = "Time to fill in the handover form"\n', "", "label en is missing", at=(HANDOVER, FORM)),
    Mutant(HANDOVER, FORM, FORM + "colour = { red = true }\n", "unknown key colour", at="colour"),
    Mutant(HANDOVER, FORM, "days = 3\n" + FORM, "days is 3, not a table"),
    Mutant(HANDOVER, "[distribution_days]", "[handover_form_days]", "is declared twice"),
    Mutant(HANDOVER, "[distribution_days]", f"{SPARE}[distribution_days]", "is not used"),
    Mutant(HANDOVER, '["basic_information", ', '["basics", ', "word 'basics' has no label"),
    Mutant(HANDOVER, '["basic_information", ', "[7, ", "value is a list, not"),
    Mutant(HANDOVER, 'value = ["project_department"', 'value = ["moon_department"', "names department moon"),
    Mutant(
        HANDOVER, 'basis = "ours"', 'basis = "ours"\nby = { colour = { red = "2bd" } }', "carries no colour", at="by"
    ),
    Mutant(HANDOVER, 'basis = "ours"', 'basis = "ours"\nby = { grade = { Z = "2bd" } }', "Z is not among", at="by"),
    Mutant(
        HANDOVER, 'basis = "ours"', 'basis = "ours"\nby = { grade = { C = 5 } }', "is a number, not a duration", at="by"
    ),
    Mutant(HANDOVER, 'basis = "ours"', 'basis = "ours"\nby = { grade = { C = "20bd" } }', "outside", at="by"),
    Mutant(
        "planning.zh-Hans.md",
        'value = "1w"\nmin = "1d"',
        'value = "1w"\nmin = "0d"',
        "may not have no length",
        at="min",
    ),
)
