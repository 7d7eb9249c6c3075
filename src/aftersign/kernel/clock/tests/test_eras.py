"""Years of the Republic of China, for readers who count so."""

from datetime import UTC, date, datetime

import pytest

from aftersign.kernel.clock import eras


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 25), "民國115-11-25"),
        (date(2000, 2, 29), "民國89-02-29"),
        (date(2011, 1, 1), "民國100-01-01"),
        (date(1912, 1, 1), "民國1-01-01"),
        (date(1911, 12, 31), "1911-12-31"),
        (datetime(2026, 11, 25, 23, 59, tzinfo=UTC), "民國115-11-25"),
    ],
)
def test_years_from_the_founding(day: date, said: str) -> None:
    with eras.counting(eras.ROC):
        assert eras.written(day) == said
    assert eras.written(day) == f"{day:%Y-%m-%d}"


def test_a_year_by_itself() -> None:
    assert eras.year(2026) == "2026"
    with eras.counting(eras.ROC):
        assert (eras.year(2026), eras.year(1911)) == ("民國115", "1911")


def test_days_within_a_text() -> None:
    assert eras.rewritten_within("自 2026-01-04 調休") == "自 2026-01-04 調休"
    with eras.counting(eras.ROC):
        assert eras.rewritten_within("自 2026-01-04 調休、2026-02-31") == "自 民國115-01-04 調休、2026-02-31"


def test_kept_texts_are_rewritten_when_they_are_days() -> None:
    with eras.counting(eras.ROC):
        assert eras.rewritten("2026-11-25") == "民國115-11-25"
        assert eras.rewritten("月底前") == "月底前"
        with eras.counting(""):
            assert eras.rewritten("2026-11-25") == "2026-11-25"
