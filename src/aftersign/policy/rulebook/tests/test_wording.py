"""Clauses, values and lengths of time as people read them in three languages."""

import pytest

from aftersign.policy.rulebook import DEFAULT, Shown, clause_text, duration, duration_text, load, value_text

EDITION = load(DEFAULT)
LANGUAGES = ("zh-hans", "zh-hant", "en")


@pytest.mark.parametrize(
    ("written", "hans", "hant", "english"),
    [
        ("15min", "15 分钟", "15 分鐘", "15 minutes"),
        ("4h", "4 小时", "4 小時", "4 hours"),
        ("5d", "5 个自然日", "5 個自然日", "5 calendar days"),
        ("2bd", "2 个工作日", "2 個工作日", "2 working days"),
        ("1bd", "1 个工作日", "1 個工作日", "1 working day"),
        ("2w", "2 周", "2 週", "2 weeks"),
        ("6m", "6 个月", "6 個月", "6 months"),
        ("1q", "1 个季度", "1 個季度", "1 quarter"),
        ("1y", "1 年", "1 年", "1 year"),
        ("0bd", "0 个工作日", "0 個工作日", "0 working days"),
    ],
)
def test_lengths_of_time(written: str, hans: str, hant: str, english: str) -> None:
    assert [duration_text(written, language) for language in LANGUAGES] == [hans, hant, english]


@pytest.mark.parametrize("written", ["", "3", "bd", "3 bd", "-1d", "1.5h", "3BD", "\uff13bd", "101y", "9" * 400 + "d"])
def test_what_is_no_length_of_time(written: str) -> None:
    assert duration(written) is None
    with pytest.raises(ValueError, match="is no duration"):
        duration_text(written, "en")


def test_a_sentence_with_a_length_of_time() -> None:
    assert _said("2.1.1", "zh-hans").startswith(
        "销售负责人应在签单后 1 个工作日内提交《订单交接单》，写明订单基本信息、客户要求、特殊事项；"
    )
    assert _said("2.1.1", "zh-hant").startswith("銷售負責人應在簽單後 1 個工作日內提交")
    assert _said("2.1.1", "en").startswith("Within 1 working day of signing, the sales owner submits")


def test_the_pieces_of_a_sentence_keep_their_parameters() -> None:
    pieces = clause_text(EDITION, EDITION.clauses["2.1.1"], "en")
    shown = [piece for piece in pieces if isinstance(piece, Shown)]
    assert [piece.param.name for piece in shown] == ["handover_form_days", "handover_sections"]
    assert shown[1].text == "basic order information, customer requirements, special matters"
    assert not any(isinstance(piece, str) and "{" in piece for piece in pieces)


def test_a_value_that_some_orders_have() -> None:
    special = next(param for param in EDITION.params.values() if param.by.get("grade", {}).get("C") == "2bd")
    assert value_text(EDITION, special, "en", {"grade": "C"}) == "2 working days"
    assert value_text(EDITION, special, "en", {"grade": "A"}) == duration_text(str(special.value), "en")
    assert "2 working days" in _said(special.clause, "en", {"grade": "C"})


def test_percentages_and_numbers_stand_as_they_are() -> None:
    assert value_text(EDITION, EDITION.params["overrun_percent"], "zh-hans") == "5%"
    assert value_text(EDITION, EDITION.params["lag_days"], "en") == str(EDITION.params["lag_days"].value)
    assert "超出预算项 5% 及以上" in _said("7.2.2", "zh-hans")


def test_a_word_without_label_is_called_by_its_role() -> None:
    codes = value_text(EDITION, EDITION.params["department_codes"], "zh-hans")
    assert codes.split("、")[0] not in ("", "sales")


def test_every_clause_reads_whole_in_every_language() -> None:
    for number in EDITION.clauses:
        for language in LANGUAGES:
            said = _said(number, language)
            assert said.strip() == said
            assert not any(mark in said for mark in "{}_$")
            assert "  " not in said


def _said(number: str, language: str, signed: dict[str, object] | None = None) -> str:
    pieces = clause_text(EDITION, EDITION.clauses[number], language, signed)
    return "".join(piece.text if isinstance(piece, Shown) else piece for piece in pieces)
