"""The projector: before facts are written, the policy grades, asks for evidence, and derives the duties anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.journal.chain import Pending
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
    _grade(facts)
    silent = [fact for fact in facts if bench.is_silent(fact)]
    _refuse_any(silent, bench.alone(silent))
    telling = [fact for fact in facts if fact not in silent]
    concerned = tuple(dict.fromkeys(fact.order_id for fact in telling))
    bench.read_ahead(concerned)
    for fact in telling:
        _ask_evidence(fact, bench)
    for act, need in bench.owed:
        _ask_parts(act, need, facts, bench)
    changes_policy = any(fact.name in CHANGES_OF_POLICY for fact in facts)
    _derive([each for each in concerned if each is not None or not changes_policy], bench)
    wake([fact for fact in facts if fact.order_id is None], bench.world)


def _grade(facts: list[Pending]) -> None:
    signed = [fact for fact in facts if fact.name == "order.signed"]
    edition = store.current() if signed else None
    for fact in signed:
        if edition:
            fact.payload["grade"] = grade_of(store.rulebook_of(edition.pk), fact.payload)


def _ask_evidence(fact: Pending, bench: Bench) -> None:
    edition = bench.edition(fact.order_id)
    if edition is None:
        return
    rulebook, program = store.rulebook_of(edition), store.program_of(edition)
    rooms = bench.case(fact.order_id).rooms
    lacking = evidence_lacking(program, pending_fact(fact, bench.seen, 0), bench.signed(fact.order_id), rooms)
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
    rows.write(cases, seen=bench.seen)
    _show(cases, bench)


def _refuse_any(stated: Iterable[Pending], case: Case) -> None:
    """Raise `Refused` where a reading refuses something that has just been stated."""
    mine = {str(fact.id) for fact in stated} if case.refused else set()
    for refused in case.refused:
        if refused.id in mine:
            raise Refused.because(str(_WHY.get(refused.why, refused.why)), check=refused.why)


def _show(cases: Mapping[UUID | None, Case], bench: Bench) -> None:
    """Put grade and stage on the rows of the orders where they are others."""
    stands = Order.objects.filter(pk__in=[each for each in cases if each]).values_list("pk", "grade", "stage")
    for order_id, grade, stage in stands:
        shown = {"grade": bench.signed(order_id).get("grade") or "", "stage": cases[order_id].stage or ""}
        if shown != {"grade": grade, "stage": stage}:
            Order.objects.filter(pk=order_id).update(**shown)
