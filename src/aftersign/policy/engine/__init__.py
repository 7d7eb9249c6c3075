"""The policy engine: pure, it reads facts and says which duties there are, and what an act must first fulfil."""

from aftersign.policy.engine.approving import approvers, holders
from aftersign.policy.engine.case import Case, read_case
from aftersign.policy.engine.changes import Change, react
from aftersign.policy.engine.duties import Duty, duty_key
from aftersign.policy.engine.program import Program, evidence_lacking, grade_of
from aftersign.policy.engine.roles import Meant
from aftersign.policy.engine.types import Answer, Breach, Fact, Need, Refused, Released
from aftersign.policy.engine.world import World

__all__ = [
    "Answer",
    "Breach",
    "Case",
    "Change",
    "Duty",
    "Fact",
    "Meant",
    "Need",
    "Program",
    "Refused",
    "Released",
    "World",
    "approvers",
    "duty_key",
    "evidence_lacking",
    "grade_of",
    "holders",
    "react",
    "read_case",
]
