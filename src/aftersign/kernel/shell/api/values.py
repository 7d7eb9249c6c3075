"""Kinds of values that programs send, with the bounds that both databases and the calendar can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from aftersign.kernel.clock.days import FIRST, LAST

_NO_NUL = "^[^\\x00]*$"


def words(most: int, least: int = 0, **more: Any) -> Any:
    """A text of so many characters, without the sign that no database keeps."""
    return Field(min_length=least, max_length=most, pattern=_NO_NUL, **more)


def figure(digits: int, places: int) -> Any:
    """A number of so many digits in all, and behind the point."""
    return Field(max_digits=digits, decimal_places=places)


Day = Annotated[date, Field(ge=FIRST, le=LAST)]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
Money = Annotated[Decimal, figure(15, 2)]


class Sent(Schema):
    """What a program sends, without spaces around texts: a name that is not known here is a mistake, not overlooked."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Who(Schema):
    """Somebody of the company."""

    account: str
    name: str
