"""The reference checker, which shares no code with ours, finds nothing wrong with the shipped edition either."""

from aftersign.policy.rulebook import DEFAULT
from aftersign.policy.rulebook.tests.mutants import reference_says


def test_the_shipped_edition_passes_the_reference_checker() -> None:
    code, said = reference_says(DEFAULT)
    assert said.splitlines()[-1] == "no errors"
    assert code == 0
