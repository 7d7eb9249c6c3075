"""How the program logs: one line an event, as JSON unless somebody reads along, and without personal data.

Exceptions are told by their kind and by where they were raised; their messages stay out, for they quote what people
have typed and what stands in the database.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

Line = dict[str, Any]
OUR_FRAMES = 12


def configured(*, as_json: bool) -> Line:
    """Configure structlog, and answer with what Django configures `logging` with."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    form = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*shared, without_addresses],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": form},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "aftersign": {"level": "INFO"},
            "django.request": {"level": "ERROR"},  # every answer has its own line
        },
    }


def is_read_along() -> bool:
    """Whether somebody reads along in a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def without_messages(_logger: Any, _method: str, line: Line) -> Line:
    """The exception of a line as its kinds and places, without what it says."""
    found = line.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        line["error"], line["at"] = kinds(error), places(error.__traceback__)
    return line


def without_addresses(_logger: Any, _method: str, line: Line) -> Line:
    """What Django says of requests, without the addresses and headers that it quotes."""
    record = line.get("_record")
    if record is not None and record.name.startswith("django."):
        line["event"] = record.name
        if status := getattr(record, "status_code", None):
            line["status"] = status
    return line


def kinds(error: BaseException) -> list[str]:
    """The kind of an exception and of those that it came from."""
    found: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < OUR_FRAMES:
        found.append(f"{type(cause).__module__}.{type(cause).__qualname__}".removeprefix("builtins."))
        cause = cause.__cause__ or cause.__context__
    return found


def places(trace: TracebackType | None) -> list[str]:
    """The innermost frames of a traceback: file, line and function."""
    frames = traceback.extract_tb(trace)[-OUR_FRAMES:]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
