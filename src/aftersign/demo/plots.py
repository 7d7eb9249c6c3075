"""All sample orders, the oldest first, with what follows from their kind."""

from __future__ import annotations

from dataclasses import replace

from aftersign.demo.past import PAST
from aftersign.demo.recent import RECENT
from aftersign.demo.script import Plot

DAYS = {"sales": 30, "call_off": 365, "maintenance": 365, "rental": 60, "service": 75, "project": 150}
PARTS = {
    "project": (("软件许可", 40), ("设备与安装", 35), ("实施与培训", 25)),
    "service": (("开发服务", 70), ("部署与培训", 30)),
}


def _of_its_kind(plot: Plot) -> Plot:
    return replace(plot, delivery=DAYS.get(plot.kind, plot.delivery), parts=PARTS.get(plot.kind, ()))


PLOTS = tuple(sorted(map(_of_its_kind, (*PAST, *RECENT)), key=lambda each: -each.age))
