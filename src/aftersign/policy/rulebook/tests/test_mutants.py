"""Every single mistake in an edition is refused at its file and line, also where the reference lets it pass."""

from pathlib import Path

import pytest

from aftersign.policy.rulebook import BrokenRulebook, Fault, load
from aftersign.policy.rulebook.tests import mutants_of_clauses, mutants_of_declarations, mutants_of_terms
from aftersign.policy.rulebook.tests.mutants import Mutant, copy_edition, reference_refuses

MUTANTS = (
    *mutants_of_declarations.EDITION,
    *mutants_of_declarations.FACTS,
    *mutants_of_declarations.OTHERS,
    *mutants_of_clauses.SHEETS,
    *mutants_of_clauses.PARAMS,
    *mutants_of_terms.EVERY_KIND,
    *mutants_of_terms.DUTIES,
    *mutants_of_terms.HOLDS,
)


def test_the_edition_that_is_changed_here_is_sound(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    assert load(tmp_path).id == "trial"
    assert not reference_refuses(tmp_path)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mistake_is_refused_at_its_place(mutant: Mutant, tmp_path: Path) -> None:
    file, line = mutant.write(tmp_path)
    with pytest.raises(BrokenRulebook) as refusal:
        load(tmp_path)
    reasons = [fault.reason for fault in refusal.value.faults if (fault.file, fault.line) == (file, line)]
    assert any(mutant.reason in reason for reason in reasons), [str(fault) for fault in refusal.value.faults]
    assert reference_refuses(tmp_path) is not mutant.alone


def test_a_unit_under_itself_is_refused_at_its_place(tmp_path: Path) -> None:
    """Not a case of the table: the reference would never come to an end."""
    old, new = 'plan = { under = "order"', 'plan = { under = "plan"'
    file, line = Mutant("facts.toml", old, new, "stands under itself").write(tmp_path)
    with pytest.raises(BrokenRulebook) as refusal:
        load(tmp_path)
    assert Fault(file, line, "unit plan: stands, through others, under itself") in refusal.value.faults
