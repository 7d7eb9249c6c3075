"""Bodies of requests that break off: half a file is no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


class _Whole:
    """The body of a request that fails where it ends before what was announced: half a file is no file."""

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._left = body, length

    def read(self, size: int | None = -1) -> bytes:
        return self._counted(self._body.read(self._wanted(size)), size)

    def readline(self, size: int | None = -1) -> bytes:
        return self._counted(self._body.readline(self._wanted(size)), size)

    def _wanted(self, size: int | None) -> int:
        return self._left if size is None or size < 0 else size

    def _counted(self, said: bytes, size: int | None) -> bytes:
        self._left -= len(said)
        if not said and size and self._left > 0:
            raise OSError("the sender broke off")
        return said


def whole(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that never takes a body that broke off for one that has ended."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and len(length) < 19 and int(length):
            environ["wsgi.input"] = _Whole(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
