"""Mistakes in the TOML files of an edition."""

from __future__ import annotations

from aftersign.policy.rulebook.tests.mutants import Mutant

CUSTOMER = '[facts."order.customer_listed"]'
SPARE_WORD = 'A = { zh_hans = "A 级"'

EDITION = (
    Mutant("edition.toml", 'id = "trial"', 'id = "../trial"', "id '../trial'", alone=True),
    Mutant("edition.toml", 'version = "2"', "version = 2", "version is 2, not a text", alone=True),
    Mutant("edition.toml", "Asia/Shanghai", "Asia/Nowhere", "time_zone 'Asia/Nowhere' does not exist"),
    Mutant("edition.toml", '"CNY"', '"yuan"', "three capital letters", alone=True),
    Mutant("edition.toml", "grades = [", "grade = 3\ngrades = [", "unknown key grade", alone=True),
    Mutant("edition.toml", '"final"]', '"final", "risks"]', "room risks is listed twice"),
    Mutant("edition.toml", '"final"]', '"final", "../x"]', "no name of a room"),
    Mutant("edition.toml", '"final"]', '"final", "archive"]', "file is missing", at=("archive.en.md", "")),
    Mutant("edition.toml", '"teamwork", ', "", "not listed", at=("teamwork.en.md", "")),
    Mutant("edition.toml", '{ grade = "C", when', '{ grade = "E", when', "grade E is not among"),
    Mutant("edition.toml", '">= 500000"', '"very much"', "cannot read 'very much'"),
    Mutant("edition.toml", '">= 500000"', '">= much"', "cannot be compared with '>= much'"),
    Mutant("edition.toml", '"maintenance"] }', '"upkeep"] }', "upkeep is not among the words of order_kind"),
    Mutant("edition.toml", "when = {} }", 'when = { grade = "B" } }', "last grade has no condition"),
    Mutant("edition.toml", 'reached_by = ["order.signed"]', 'reached_by = ["order.sealed"]', "order.sealed is no"),
    Mutant("edition.toml", 'stage = "planned"', 'stage = "drawn"', "stage drawn is not among"),
    Mutant("edition.toml", 'stage = "planned"', 'stage = "signed"', "stage signed is there already", alone=True),
    Mutant("edition.toml", 'from = "order.suspended"', 'from = "order.halted"', "order.halted is no declared fact"),
    Mutant("edition.toml", 'stage = "warranty"', 'stage = "guarantee"', "stage guarantee is unknown", alone=True),
    Mutant("edition.toml", '"warranty_until", label', '"guarantee", label', "guarantee is no date", alone=True),
    Mutant("edition.toml", 'en = "Suspended"', 'en = ""', "label en is missing"),
    Mutant("edition.toml", '"planning.start_task", ', '"planning.strat", ', "planning.strat is neither a room nor"),
    Mutant("edition.toml", '{ stage = "closed", accepts', '{ stage = "shut", accepts', "unknown stage shut"),
    Mutant("edition.toml", 'voids = "order.terminated"', 'voids = "order.ended"', "voids names order.ended"),
    Mutant(
        "edition.toml", 'pauses = "order.suspended"\n', "", "pauses is missing", at=("edition.toml", "[order_wide]")
    ),
    Mutant("edition.toml", '["2.2.1.a", ', '["2.2.1.q", ', "unknown term 2.2.1.q"),
    Mutant("edition.toml", 'waiver = ["head_of_owner"]\n', "", "waiver is missing", at=("edition.toml", "[approvers]")),
    Mutant("edition.toml", "extension = [", 'wavier = ["hr"]\nextension = [', "wavier is unknown"),
    Mutant("edition.toml", '"general_manager"]', '"generalissimo"]', "undeclared role generalissimo"),
    Mutant("edition.toml", '"general_manager"]', '"customer"]', "customer, which is told only"),
    Mutant(
        "edition.toml",
        '"1.1" = { zh_hans = "目的", zh_hant = "目的", en = "Purpose" }\n',
        "",
        "section 1.1 of clause 1.1.1",
        at=("edition.toml", "[sections]"),
    ),
    Mutant("edition.toml", '"1.2" = {', '"1.2.1" = {', "a section is written N.N"),
    Mutant("edition.toml", 'en = "Scope"', 'en = "范围"', "label en holds Chinese", alone=True),
    Mutant("edition.toml", "limits = [", "limits = [\n  5,", "limits holds tables only", at="5,"),
)

FACTS = (
    Mutant("facts.toml", "[units]", "[units", "not valid TOML"),
    Mutant("facts.toml", 'under = "company", born = ["order.signed"]', 'under = "firm", born = []', "unit firm"),
    Mutant("facts.toml", 'born = ["risks.assessed"]', 'born = ["risks.dreamt"]', "born by risks.dreamt"),
    Mutant("facts.toml", ', born = ["risks.assessed"]', "", "is born by no fact"),
    Mutant("facts.toml", CUSTOMER, '[facts."order.Listed"]', "write room.past_tense"),
    Mutant("facts.toml", CUSTOMER, '[facts."sales.listed"]', "write room.past_tense"),
    Mutant("facts.toml", f'{CUSTOMER}\nunit = "customer"', f'{CUSTOMER}\nunit = "client"', "unit client", at="unit ="),
    Mutant("facts.toml", 'also = ["customer"]', 'also = ["client"]', "unit client is not declared"),
    Mutant("facts.toml", 'also = ["customer"]', 'also = "customer"', "also is 'customer', not a list"),
    Mutant("facts.toml", 'name = "text", code', 'name = "prose", code', "unknown type 'prose'"),
    Mutant("facts.toml", 'name = "text", code', 'name = "word:prose", code', "word 'prose' of payload name"),
    Mutant("facts.toml", "words:$order_kinds", "words:$order_sorts", "needs a declared list parameter"),
    Mutant("facts.toml", '["name", "contacts"]', '["name", "faces"]', "private names faces"),
    Mutant("facts.toml", 'seen_by = "everyone"', 'seen_by = "nobody"', "seen_by is one of"),
    Mutant("facts.toml", '["order.list_customer", "import"]', "[]", "stated_by is an empty list"),
    Mutant("facts.toml", '"order.list_customer", "import"', '"list_customer", "import"', "stated by 'list_customer'"),
    Mutant("facts.toml", 'zh_hant = "客戶已登記"\n', "", "zh_hant is missing", at=("facts.toml", CUSTOMER)),
    Mutant("facts.toml", 'en = "Customer listed"', 'en = "Customer 客户"', "label en holds Chinese"),
    Mutant(
        "facts.toml", 'en = "Customer listed"', 'en = "Listed"\nen = "Customer listed"', "not valid TOML", at='en = "C'
    ),
    Mutant("facts.toml", 'en = "Customer listed"', 'en = "Listed"\nshown = true', "unknown key shown", at="shown"),
    Mutant(
        "facts.toml",
        'stated_by = ["order.suspend"]',
        'stated_by = ["order.stop"]',
        "no label",
        at=("acts.toml", "[acts]"),
    ),
    Mutant(
        "facts.toml",
        'payload = { code = "words:$department_codes"',
        'payload = { code = "text"',
        "no role finds its department",
    ),
)

OTHERS = (
    Mutant("acts.toml", '"order.suspend" = {', '"order.stop" = {', "states no fact and is not banned"),
    Mutant("acts.toml", 'en = "Resume the order"', 'en = "Suspend the order"', "same label en as order.suspend"),
    Mutant("acts.toml", '"order.resume" = {', '"order.resume" = 5 # {', "is 5, not a table"),
    Mutant("acts.toml", '"order.resume"', '"order.resumed"', "also the name of a fact", alone=False),
    Mutant("roles.toml", 'resolved = "department:it"', 'resolved = "department:its"', "names department its"),
    Mutant("roles.toml", 'resolved = "department:it"', 'resolved = "whoever"', "resolved in an unknown way"),
    Mutant("roles.toml", 'department = "sales"', 'department = "selling"', "names department selling"),
    Mutant(
        "roles.toml",
        'resolved = "department:it"',
        'resolved = "post"\ndepartment = "it"',
        "order_team",
        at="department",
    ),
    Mutant("roles.toml", 'en = "IT"', 'en = "IT"\nhead = "x"', "unknown key head", at="head"),
    Mutant("roles.toml", "technical=rd", "technical=lab", "names department lab"),
    Mutant("checks.toml", "[checks.giver_is_not_receiver]", "[checks.giver_is_receiver]", "is not used"),
    Mutant("checks.toml", 'reads = ["', 'reads = ["no_such_', "reads unknown parameter no_such_"),
    Mutant("words.toml", SPARE_WORD, f'"moon.A" = {{ zh_hans = "甲", zh_hant = "甲", en = "A" }}\n{SPARE_WORD}', "no"),
    Mutant("words.toml", 'en = "accept" }', 'en = "accept", fr = "oui" }', "unknown key fr", alone=True),
)
