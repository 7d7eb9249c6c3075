"""Asking a virus scanner (clamd) about a file, over its INSTREAM protocol, where one is configured."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

_SECONDS = 60


class NoAnswer(Exception):
    """A scanner is configured and does not say whether the file is clean."""


def is_wanted() -> bool:
    """Whether files are to be scanned."""
    return bool(settings.CLAMD)


def found_in(chunks: Iterable[bytes]) -> str:
    """The name of what the scanner finds in a file, empty for a clean one; raises `NoAnswer`."""
    try:
        with _connected(settings.CLAMD) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!I", 0))
            answer = _answer(scanner)
    except OSError as fault:
        raise NoAnswer from fault
    if answer == "stream: OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise NoAnswer(answer)


def _connected(address: str) -> socket.socket:
    """A connection to `host:port`, or to a socket in the file system by its path."""
    if address.startswith("/"):
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(_SECONDS)
        scanner.connect(address)
        return scanner
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)


def _answer(scanner: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < 4096 and (more := scanner.recv(4096)):
        said += more
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
