"""The projector: before facts are written, the policy grades, asks for evidence, and derives the duties anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.journal.chain import Pending
from aftersign.kernel.org.models import Company
from aftersign.orders.models import Order
from aftersign.policy import rows
from aftersign.policy.cases import Bench, pending_fact
from aftersign.policy.editions import store
from aftersign.policy.engine import Case, Need, evidence_lacking, grade_of
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import DERIVED
from aftersign.policy.waking import CHANGES_OF_POLICY, wake

_WHY = {
    "future": _("This lies in the future."),
    "before_signing": _("This lies before the order was signed, or the order is not known."),
}


def project(doing: Doing) -> None:
    """Grade, check and derive what a passage has stated; raises `Refused`, and then nothing is written."""
    facts = [fact for fact in doing.passage.facts if fact.name not in DERIVED]
    if not facts:
        return
    bench = Bench.of(doing)
    if not bench.has_policy:
        return
    _grade(facts, bench)
    silent = [fact for fact in facts if bench.is_silent(fact)]
    _refuse_any(silent, bench.alone(silent))
    telling = [fact for fact in facts if fact not in silent]
    concerned = tuple(dict.fromkeys(fact.order_id for fact in telling))
    bench.read_ahead(concerned)
    grounds = {order_id: _Ground.of(order_id, bench) for order_id in concerned}
    for fact in telling:
        _ask_evidence(fact, grounds[fact.order_id], bench.seen)
    for act, need in bench.owed:
        _ask_parts(act, need, facts, bench)
    changes_policy = any(fact.name in CHANGES_OF_POLICY for fact in facts)
    _derive([each for each in concerned if each is not None or not changes_policy], bench)
    wake([fact for fact in facts if fact.order_id is None], bench.world)


def _grade(facts: list[Pending], bench: Bench) -> None:
    for fact in facts:
        if fact.name == "order.signed":
            rulebook = store.rulebook_of(bench.world.edition_at(bench.until))
            fact.payload["grade"] = grade_of(rulebook, fact.payload)


@dataclass(frozen=True)
class _Ground:
    """What the evidence of a fact is asked by, read once for all facts of a case: there may be thousands."""

    edition: str | None
    rooms: Any
    signed: Mapping[str, Any]

    @classmethod
    def of(cls, order_id: UUID | None, bench: Bench) -> _Ground:
        edition = bench.edition(order_id)
        return cls(edition, bench.case(order_id).rooms, bench.signed(order_id)) if edition else cls(None, None, {})


def _ask_evidence(fact: Pending, ground: _Ground, seen: int) -> None:
    if ground.edition is None:
        return
    rulebook, program = store.rulebook_of(ground.edition), store.program_of(ground.edition)
    lacking = evidence_lacking(program, pending_fact(fact, seen, 0), dict(ground.signed), ground.rooms)
    if lacking:
        keys = tuple(dict.fromkeys(key for _term, key in lacking))
        raise Refused((_missing(rulebook, keys, tuple(dict.fromkeys(term for term, _key in lacking))),))


def _ask_parts(act: str, need: Need, facts: list[Pending], bench: Bench) -> None:
    """A content term without a check: some fact that its act stated must hold all its parts."""
    for fact in facts:
        rulebook = bench.rulebook(fact.order_id)
        kind = rulebook.facts.get(fact.name) if rulebook else None
        if rulebook is None or kind is None or act not in kind.stated_by:
            continue
        lacking = tuple(part for part in need.parts if not _holds_part(fact.payload, part))
        if lacking:
            raise Refused((_missing(rulebook, lacking, (need.term,)),))


def _holds_part(payload: dict[str, Any], part: str) -> bool:
    return bool(payload.get(part)) or any(isinstance(each, dict) and each.get(part) for each in payload.values())


def _missing(rulebook: Rulebook, keys: tuple[str, ...], terms: tuple[str, ...]) -> Refusal:
    language = get_language() or "zh-hans"
    names = _(", ").join(label_in(rulebook, "word", key, language) for key in keys)
    return Refusal(_("Still needed as evidence: %(names)s.") % {"names": names}, terms=terms, missing=keys)


def _derive(order_ids: Sequence[UUID | None], bench: Bench) -> None:
    """Read the cases with what was stated, refuse what a reading refuses, and write the differences all together."""
    cases = {order_id: bench.case(order_id) for order_id in order_ids}
    for order_id, case in cases.items():
        _refuse_any(bench.stated(order_id), case)
    # Whatever wakes cases holds the company's row: whoever holds it has read all of that.
    rows.write(cases, seen=None if isinstance(bench.root, Company) else bench.seen)
    _show(cases, bench)


def _refuse_any(stated: Iterable[Pending], case: Case) -> None:
    """Raise `Refused` where a reading refuses something that has just been stated."""
    mine = {str(fact.id) for fact in stated} if case.refused else set()
    for refused in case.refused:
        if refused.id in mine:
            raise Refused.because(str(_WHY.get(refused.why, refused.why)), check=refused.why)


def _show(cases: Mapping[UUID | None, Case], bench: Bench) -> None:
    """Put grade and stage on the rows of the orders where they are others; the row that is locked is in hand."""
    stands = {bench.root.pk: (bench.root.grade, bench.root.stage)} if isinstance(bench.root, Order) else {}
    others = [each for each in cases if each and each not in stands]
    if len(others) > 1:  # a single one has just been registered, and says nothing yet
        rows_ = Order.objects.filter(pk__in=others).values_list("pk", "grade", "stage")
        stands |= {order_id: (grade, stage) for order_id, grade, stage in rows_}
    for order_id, case in cases.items():
        shown = (bench.signed(order_id).get("grade") or "", case.stage or "")
        if order_id and shown != stands.get(order_id):
            Order.objects.filter(pk=order_id).update(grade=shown[0], stage=shown[1])
