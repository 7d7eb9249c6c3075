"""Passwords that are long and yet easy are refused, and ordinary good ones pass."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from aftersign.kernel.org.models import Person

WUMIN = Person(account="wumin", name="吴敏", email="wumin@example.com")


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314520", "Woaini1314!", "5201314520", "aini521521521", "iloveyou1314", "qwerty123456", "1qaz2wsx3edc",
        "Zhangwei1990", "zhangsan19880808", "password2026!", "admin@123456", "P@ssw0rd123", "a123456789", "1111111111",
        "wumin123456", "wumin2026@", "abcd1234abcd", "密码123456789", "beijing2008", "aftersign2026", "Huawei@123",
    ],
)  # fmt: skip
def test_what_everybody_puts_together_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, WUMIN)


@pytest.mark.parametrize(
    "password", ["a-long-sentence-7", "correct horse battery", "湖边的旧船今年修好了", "x7Kq-mmPw-22tR"]
)
def test_good_ones_pass(password: str) -> None:
    validate_password(password, WUMIN)


def test_a_short_one_is_refused() -> None:
    with pytest.raises(ValidationError):
        validate_password("x7Kq-mmPw", WUMIN)


def test_the_sentence_says_why() -> None:
    with pytest.raises(ValidationError, match=r"easy to guess|容易被猜到"):
        validate_password("woaini1314520", WUMIN)
