"""The policy engine: pure, it reads facts and says which duties there are, and what an act must first fulfil."""

from aftersign.policy.engine.case import Case, read_case
from aftersign.policy.engine.program import Program, evidence_lacking, grade_of
from aftersign.policy.engine.types import Answer, Duty, Fact, Need, Refused, duty_key
from aftersign.policy.engine.world import World

__all__ = [
    "Answer",
    "Case",
    "Duty",
    "Fact",
    "Need",
    "Program",
    "Refused",
    "World",
    "duty_key",
    "evidence_lacking",
    "grade_of",
    "read_case",
]
