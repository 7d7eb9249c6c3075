"""The parameters that matter most on a first day, each as a question in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.final.forms.parameters import Line, ParametersForm
from aftersign.policy.rulebook import DEFAULT, Clause, Param, load

QUESTIONS: Mapping[str, Any] = {
    "order_registration_days": _("How long after signing may it take until an order is registered?"),
    "handover_form_days": _("How long may the salesperson take to fill in the handover form?"),
    "handover_sign_days": _("How long may a department take to sign for the handover, or to return it?"),
    "handover_total_days": _("After how long should the whole handover be done?"),
    "plan_draft_days": _("How long may the plan take after the handover?"),
    "progress_update_interval": _("How often is the progress written down?"),
    "lag_days": _("By how many working days may a task be behind before it counts as a lag?"),
    "contact_interval": _("How often does somebody speak with the customer?"),
    "complaint_urgent_time": _("Within how long is an urgent complaint settled?"),
    "record_grace_days": _("How much later may something be written down and still count as in time?"),
}
"""Whatever every order meets, and what people ask first; those that an edition does not have are left out."""


@dataclass(frozen=True)
class Question:
    """A question with the clause that the answer changes, its fields, and what the default edition says."""

    text: Any
    clause: Clause
    lines: tuple[Line, ...]
    default: str


class QuestionsForm(ParametersForm):
    """Some values of an edition; all others stay as they are."""

    draft: ClassVar[str] = ""

    @cached_property
    def offered(self) -> Sequence[Param]:
        return [self.rulebook.params[name] for name in QUESTIONS if name in self.rulebook.params]

    @property
    def questions(self) -> Iterator[Question]:
        """The questions in the order of the policy."""
        shipped = load(DEFAULT).params
        clauses = {param.name: clause for clause in self.rulebook.clauses.values() for param in clause.params}
        for param in self.offered:
            values = self._values(param)
            lines = tuple(Line(param, self[name], of, self.words.range_of(param)) for name, _value, of in values)
            default = self.words.amount(shipped[param.name].value) if param.name in shipped else ""
            yield Question(QUESTIONS[param.name], clauses[param.name], lines, default)
