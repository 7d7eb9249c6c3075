"""A company founded by its own acts, with the people of the sample company: what tests above the rooms stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aftersign.chapters.final.acts import put_in_force
from aftersign.demo import company as sample
from aftersign.demo import scenes
from aftersign.demo.script import Plot
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.rulebook import DEFAULT
from aftersign.policy.steps import run_due
from tests.casting import Cast, cast, is_empty

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "a long enough password"


def at(written: str) -> datetime:
    """A moment of Shanghai, such as `2026-09-07 10:00`."""
    return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass
class Firm:
    """The founded company; `moment` is where its clock stands."""

    moment: datetime

    def register(self, title: str = "检测平台", amount: int = 100_000, kind: str = "sales", points: int = 0) -> Order:
        """Register an order signed today."""
        plot = Plot(title, "北辰医疗科技股份有限公司", kind, Decimal(amount), 0, (), points)
        day = self.moment.astimezone(SHANGHAI).date().toordinal()
        return scenes.register(plot, Order.objects.count() + 1, day)

    def send(self, order: Order, points: int = 0) -> None:
        """Submit, sign and distribute the form of an order."""
        scenes.send(order, Plot(order.title, order.customer.name, order.kind, Decimal(1), 0, (), points))


@contextmanager
def founded(moment: datetime) -> Iterator[Firm]:
    """The company at a moment, with the default edition in force since six days before."""
    store.forget()
    if not is_empty():
        found(moment)
    elif moment in _CASTS:
        _CASTS[moment].put()
    else:
        found(moment)
        _CASTS[moment] = cast()
    yield Firm(moment)
    store.forget()


_CASTS: dict[datetime, Cast] = {}
"""Companies that this process has founded: the next one of the same moment is put there, not founded again."""


def found(moment: datetime) -> None:
    """Found the company by its acts and list its people."""
    with frozen(moment - timedelta(days=6, hours=1)):
        list(founding.found("恒信科技有限公司"))
    with frozen(moment - timedelta(days=6)):
        sample.people(PASSWORD)
    with frozen(moment):
        run_due()


@pytest.fixture
def firm(db: None) -> Iterator[Firm]:
    """The company on Monday 7 September 2026 at ten, its clock held there."""
    moment = at("2026-09-07 10:00")
    with founded(moment) as company, frozen(moment):
        yield company


@pytest.fixture
def later() -> Callable[[str], object]:
    """Hold the clock at another moment of Shanghai."""
    return lambda written: frozen(at(written))


@pytest.fixture
def policy_copy(tmp_path: Path) -> Callable[..., object]:
    """Put a copy of the default edition in force with replaced texts, given as file, old and new, one after another."""
    count = iter(range(3, 100))

    def adopt(*edits: str) -> object:
        folder = tmp_path / f"edition{next(count)}"
        folder.mkdir()
        version = folder.name.removeprefix("edition")
        for source in DEFAULT.iterdir():
            if source.is_file():
                (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        edits = ("edition.toml", 'version = "2"', f'version = "{version}"', *edits)
        for name, before, after in zip(edits[::3], edits[1::3], edits[2::3], strict=True):
            text = (folder / name).read_text(encoding="utf-8")
            assert before in text, before
            (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
        edition = put_in_force(company(), folder=folder, by=operating("setup"))
        store.forget()
        run_due()
        return edition

    return adopt
