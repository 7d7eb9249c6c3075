"""Figures for those who run the installation: gauges read from the database, counts of this process's own requests.

Every web process counts for itself and says which it is; a sum over them is right, however many there are. Nothing
here names a person, an order or an address.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from aftersign.kernel.access.models import SignIn
from aftersign.kernel.journal.models import Tail
from aftersign.kernel.shell import heartbeat

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
Values = Iterable[tuple[tuple[str, ...], float]]


@dataclass(frozen=True)
class Gauge:
    """A figure read when it is asked for: its name, what it is, its labels, and one query that answers with values."""

    name: str
    says: str
    labels: tuple[str, ...]
    read: Callable[[], Values]


_registry = CollectorRegistry()
_requests = Counter("aftersign_requests", "Requests answered.", ("process", "method", "status"), registry=_registry)
_seconds = Histogram(
    "aftersign_request_seconds", "Seconds until an answer.", ("process",), buckets=STEPS, registry=_registry
)
_gauges: dict[str, Gauge] = {}


def offer(gauge: Gauge) -> None:
    """Add a gauge; raises `ValueError` when there is one of that name."""
    if gauge.name in _gauges:
        raise ValueError(f"there is a gauge {gauge.name} already")
    _gauges[gauge.name] = gauge


def count(method: str, status: int, seconds: float) -> None:
    """Count a request that this process has answered."""
    process = str(os.getpid())
    _requests.labels(process, method if method in METHODS else "other", str(status)).inc()
    _seconds.labels(process).observe(seconds)


def text() -> bytes:
    """All figures in the format that Prometheus reads."""
    return generate_latest(_registry)


class _FromDatabase:
    """Reads the gauges when Prometheus asks."""

    def collect(self) -> Iterator[Metric]:
        """Every gauge with its values."""
        for gauge in _gauges.values():
            family = GaugeMetricFamily(gauge.name, gauge.says, labels=gauge.labels)
            for labels, value in gauge.read():
                family.add_metric(labels, value)
            yield family

    def describe(self) -> list[Metric]:
        """Nothing, so that registering asks no database."""
        return []


_registry.register(_FromDatabase())


def _sign_ins() -> Values:
    yield (), SignIn.objects.filter(person__isnull=False, expire_date__gt=timezone.now()).count()


def _facts() -> Values:
    yield (), Tail.objects.get().sequence


def _silence() -> Values:
    seen = heartbeat.last(heartbeat.WORKER)
    if seen is not None:
        yield (), (timezone.now() - seen).total_seconds()


def offer_own() -> None:
    """The kernel's own gauges."""
    offer(Gauge("aftersign_sign_ins", "Sign-ins that have not ended.", (), _sign_ins))
    offer(Gauge("aftersign_facts", "Facts in the journal.", (), _facts))
    offer(Gauge("aftersign_worker_silent_seconds", "Seconds since a worker's last sign of life.", (), _silence))
