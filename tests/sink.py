"""A mail server that keeps what it is given: for tests of mailing, on loopback, as strict or as absent as they ask."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Box:
    """What arrived, and how the server behaves: `refuses` and `defers` addresses, `hangs_up` after so many mails."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    defers: set[str] = field(default_factory=set)
    hangs_up: int = 0
    connections: int = 0

    @property
    def ids(self) -> list[str]:
        """The Message-IDs in the order in which the mails came."""
        return [str(self.read(mail)["Message-ID"]) for mail in self.mails]

    def read(self, mail: bytes) -> Message:
        """A mail, parsed."""
        return message_from_bytes(mail)


class Talk(socketserver.StreamRequestHandler):
    """One connection, in as much of SMTP as a client of the standard library speaks."""

    server: Server

    def handle(self) -> None:
        box = self.server.box
        box.connections += 1
        self._say("220 sink")
        while line := self.rfile.readline():
            verb, _space, rest = line.decode(errors="replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                return self._say("221 bye")
            if verb.upper() == "DATA":
                self._say("354 go on")
                box.mails.append(self._read())
                if box.hangs_up and len(box.mails) >= box.hangs_up:
                    return None  # taken, and never said so
                self._say("250 taken")
            else:
                self._say(self._answer(verb.upper(), rest))
        return None

    def _answer(self, verb: str, rest: str) -> str:
        address = rest.partition("<")[2].partition(">")[0]
        if verb == "RCPT" and address in self.server.box.refuses:
            return "550 5.1.1 no such person"
        if verb == "RCPT" and address in self.server.box.defers:
            return "451 4.7.1 come back later"
        return "250 sink" if verb in ("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP") else "502 unknown"

    def _read(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    """The server on a port of its own."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Box) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.box = box
        box.port = self.server_address[1]


@contextmanager
def sink() -> Iterator[Box]:
    """A mail server for the length of the block."""
    box = Box()
    with Server(box) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
