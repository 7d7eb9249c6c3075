"""Mistakes in the terms of an edition."""

from __future__ import annotations

from aftersign.policy.rulebook.tests.mutants import Mutant

HANDOVER = "handover.zh-Hans.md"
PLANNING = "planning.zh-Hans.md"
GENERAL = "general.zh-Hans.md"

EVERY_KIND = (
    Mutant(HANDOVER, 'kind      = "duty"', 'kind      = "chore"', "unknown kind 'chore'"),
    Mutant(HANDOVER, 'kind      = "duty"\n', "", "kind is missing", at=(HANDOVER, "```terms")),
    Mutant(HANDOVER, 'kind      = "duty"', 'kind      = ["duty"]', "kind is a list, not a text"),
    Mutant(HANDOVER, 'kind      = "duty"', 'knd       = "duty"', "unknown key knd"),
    Mutant(HANDOVER, 'id        = "a"', 'id        = "b"', "term id must be 'a'"),
    Mutant(HANDOVER, 'severity  = "critical"', 'severity  = "grave"', "severity is critical, major, minor"),
    Mutant(HANDOVER, 'severity  = "critical"\n', "", "a duty must have severity", at=(HANDOVER, "kind ")),
    Mutant(HANDOVER, 'per       = "order"', 'per       = "shipment"', "unit shipment is not declared"),
    Mutant(HANDOVER, 'per       = "order"', 'per       = "order"\ncolour = 1', "unknown key colour", at="colour"),
    Mutant(
        HANDOVER,
        'per       = "order"',
        'per       = "order"\nderived = false',
        "derived is true or absent",
        at="derived",
    ),
    Mutant(HANDOVER, 'owner     = "sales"', 'owner     = "seller"', "role seller is not declared"),
    Mutant(HANDOVER, 'owner     = "sales"', 'owner     = "all_staff"', "told only"),
    Mutant(HANDOVER, 'owner     = "sales"', 'owner     = "borrower"', "owner borrower = unit.borrower (roles.toml:"),
    Mutant(HANDOVER, 'tells     = ["project_department"', 'tells     = ["project_office"', "project_office is not"),
    Mutant(HANDOVER, 'tells     = ["project_department"', 'tells     = ["copier"', "role copier is not declared"),
    Mutant(HANDOVER, '"+1bd head_of_owner"', '"1bd head_of_owner"', "'1bd head_of_owner' is not '+DURATION role'"),
    Mutant(HANDOVER, '"+1bd head_of_owner"', '"+1day head_of_owner"', "is not '+DURATION role'"),
    Mutant(HANDOVER, '"+1bd head_of_owner"', '"+1bd headmaster"', "is not '+DURATION role'"),
    Mutant(HANDOVER, '"$handover_form_days"', '"$form_days"', "names unknown parameter $form_days"),
    Mutant(HANDOVER, '"$handover_form_days"', '"soon"', "within = soon is no duration"),
    Mutant(HANDOVER, '"$handover_form_days"', '"101y"', "of a hundred years at most", alone=True),
    Mutant(HANDOVER, "where     = { version = 1 }", "where     = { edition = 1 }", "edition is not carried by every"),
    Mutant(HANDOVER, "where     = { version = 1 }", 'where     = { version = "first" }', "compared with 'first'"),
    Mutant(HANDOVER, "where     = { version = 1 }", "where     = { version = [1, 2] }", "a list, not", at="where"),
    Mutant(HANDOVER, "where     = { version = 1 }", "where     = 5", "where is 5, not a table"),
    Mutant(HANDOVER, "{ accepted_before = true }", '{ accepted_before = "maybe" }', "it is yes or no", alone=True),
    Mutant(PLANNING, '">= $lag_days"', '">= $lags"', "unknown parameter $lags"),
    Mutant(PLANNING, '">= $lag_days"', '">= $plan_parts"', "$plan_parts is a list"),
    Mutant(PLANNING, 'only      = { grade = ["A", "B"] }', 'only      = { grade = ["Q"] }', "Q is not among"),
    Mutant(PLANNING, 'only      = { grade = ["A", "B"] }', 'only      = { size = "big" }', "carries no size"),
    Mutant(
        GENERAL, 'per       = "person"', 'per       = "person"\nonly = { grade = "A" }', "cannot have only", at="only"
    ),
)

DUTIES = (
    Mutant(HANDOVER, 'opens     = "order.signed"', 'opens     = "order.sealed"', "opens names undeclared fact"),
    Mutant(HANDOVER, 'opens     = "order.signed"', "opens     = []", "opens is an empty list", alone=True),
    Mutant(HANDOVER, 'closes    = "handover.submitted"', 'closes    = "handover.sent"', "closes names undeclared"),
    Mutant(
        HANDOVER, 'closes    = "handover.submitted"', 'closes    = "order.signed"', "opens the duty and cannot close"
    ),
    Mutant(HANDOVER, 'closes    = "handover.submitted"', 'closes    = "suppliers.listed"', "does not carry the id"),
    Mutant(
        "facts.toml",
        'stated_by = ["handover.submit"]',
        'stated_by = ["clock"]',
        "no person's act states handover.submitted",
        at=(HANDOVER, "closes    = "),
    ),
    Mutant(HANDOVER, 'evidence  = ["form"]', 'pauses    = "order.suspended"', "pauses and resumes go together"),
    Mutant(HANDOVER, 'evidence  = ["form"]', 'evidence  = ["paper"]', "handover.submitted does not carry paper"),
    Mutant(HANDOVER, 'evidence  = ["form"]', 'evidence  = "form"', "'form' is no list"),
    Mutant(HANDOVER, 'evidence  = ["form"]', 'evidence  = "$plan_parts"', "carries no parts:$plan_parts"),
    Mutant(PLANNING, 'until     = "order.completed"', 'until     = "order.finished"', "until names undeclared"),
    Mutant(PLANNING, 'every     = "$project_meeting_interval"', 'every     = "0w"', "may not have no length"),
    Mutant(
        PLANNING,
        'until     = "order.completed"\n',
        "",
        "a cycle must have until",
        at=(PLANNING, 'kind      = "cycle"\nid        = "a"'),
    ),
)

SIGN = 'act       = "handover.sign"\nunless    = "handover.submitted"\nper '

HOLDS = (
    Mutant(HANDOVER, 'act       = "handover.sign"', 'act       = "handover.seal"', "act handover.seal states no fact"),
    Mutant(HANDOVER, SIGN, SIGN.replace("handover.sign", "general.list_person"), "about unit order", at="per "),
    Mutant(HANDOVER, 'unless    = "handover.submitted"', 'unless    = "handover.drawn"', "unless names undeclared"),
    Mutant(HANDOVER, 'unless    = "handover.submitted"', 'unless    = "general.person_listed"', "is no fact of order"),
    Mutant(
        HANDOVER, 'unless    = "handover.submitted"', 'unless    = "handover.giver_signed"', "stated only by the act"
    ),
    Mutant(HANDOVER, 'unless    = "handover.submitted"', 'unless    = "handover.copy_accepted"', "can never open"),
    Mutant(
        HANDOVER,
        'unless    = "handover.submitted"\n',
        "",
        "a gate must have unless or check",
        at=(HANDOVER, 'kind      = "gate"\nid        = "f"'),
    ),
    Mutant(HANDOVER, 'check     = "part_or_signed_none"', 'check     = "part_or_none"', "part_or_none is not in"),
    Mutant(HANDOVER, 'parts     = "$handover_sections"', 'parts     = "$parts"', "unknown parameter $parts"),
    Mutant(HANDOVER, 'parts     = "$handover_sections"', 'parts     = ["poem"]', "no fact of handover.submit carries"),
    Mutant(HANDOVER, 'act       = "handover.submit"\ncheck', 'act       = ["handover.submit"]\ncheck', "not a text"),
    Mutant(HANDOVER, 'target    = "$handover_total_days"', 'target    = "$total"', "unknown parameter $total"),
    Mutant(HANDOVER, 'from      = ["2.1.1.a"', 'from      = ["2.1.1.z"', "unknown term 2.1.1.z"),
    Mutant(HANDOVER, 'from      = ["2.1.1.a"', 'from      = ["2.1.1.b"', "2.1.1.b, which is no duty or cycle"),
    Mutant(
        "documents.zh-Hans.md", '"documents.overwrite", ', '"documents.lend", ', "is always refused, yet facts.toml:"
    ),
    Mutant("documents.zh-Hans.md", 'breach    = "documents.misused"', 'breach    = "documents.eaten"', "undeclared"),
    Mutant("teamwork.zh-Hans.md", 'shows     = "teamwork.activity_held"', 'shows     = "teamwork.party"', "undeclared"),
    Mutant(
        "general.zh-Hans.md",
        'per       = "person"',
        'per       = "company"\nunless = "order.signed"',
        "open for ever",
        at="unless",
    ),
)
