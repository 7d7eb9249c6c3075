"""What the web takes in memory while a very large file arrives, on the page and in the interface for programs.

    python -m tests.load.uploading [MEGABYTES]

Makes an installation of its own with a limit that lets the file pass, sends it over HTTP in pieces, and prints its
figures as JSON: seconds, and how many MB above its start (PSS) any web process and all together were at most.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from aftersign.cli.tests.installation import Installation, descendants, installation, kill
from tests.load.running import memory

PIECE = os.urandom(1 << 20)
HEAD = b"%PDF-1.7\n"
EDGE = "----a-file-that-is-large"


class Watched:
    """The memory of processes in MB, sampled until told to stop: of each the most above its start, and of all."""

    def __init__(self, pids: list[int]) -> None:
        self.pids, self.start = pids, [memory([pid]) for pid in pids]
        self.most, self.all = [0] * len(pids), 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            now = [memory([pid]) - start for pid, start in zip(self.pids, self.start, strict=True)]
            self.most = [max(pair) for pair in zip(self.most, now, strict=True)]
            self.all = max(self.all, sum(now))


def body_of(fields: dict[str, str], name: str, megabytes: int) -> tuple[int, Callable[[], Iterator[bytes]], str]:
    """The length of a form with one file, its bytes, and the SHA-256 of the file."""
    said = "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    )
    before = (
        f'{said}--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="big.pdf"\r\n\r\n'.encode() + HEAD
    )
    after = f"\r\n--{EDGE}--\r\n".encode()
    digest = hashlib.sha256(HEAD)
    for _piece in range(megabytes):
        digest.update(PIECE)

    def pieces() -> Iterator[bytes]:
        yield before
        for _piece in range(megabytes):
            yield PIECE
        yield after

    return len(before) + megabytes * len(PIECE) + len(after), pieces, digest.hexdigest()


class Browser:
    """Somebody's browser, as far as it is needed here."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request and read its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        held = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        connection.request(method, path, body, held | (headers or {}))
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, _is, value = cookie.split(";")[0].partition("=")
            self.cookies[key] = value
        text = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, text

    def token(self, path: str) -> str:
        """The token that a form of a page carries."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.send("GET", path)[1])
        assert found, f"{path} holds no form"
        return found[1]

    def sign_in(self, account: str, password: str) -> None:
        """Come in."""
        said = f"csrfmiddlewaretoken={self.token('/accounts/login/')}&login={account}&password={password}"
        status, _text = self.send(
            "POST", "/accounts/login/", said, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert status == 302, status


def on_the_page(browser: Browser, megabytes: int) -> None:
    """Send the file as the page of a new order does."""
    fields = {"csrfmiddlewaretoken": browser.token("/orders/register/"), "_add_row": "files"}
    length, pieces, digest = body_of(fields, "files", megabytes)
    headers = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(length)}
    status, text = browser.send("POST", "/orders/register/", pieces(), headers)
    assert status == 200, status
    assert digest in text, "the file has not come in"


def by_a_program(browser: Browser, token: str, megabytes: int) -> None:
    """Send the file as a program does."""
    own = {"Authorization": f"Bearer {token}"}
    status, text = browser.send("GET", "/api/v1/orders?limit=1&stage=signed", headers=own)
    number = json.loads(text)["items"][0]["number"]
    length, pieces, digest = body_of({"kind": "contract"}, "file", megabytes)
    headers = own | {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(length)}
    status, text = browser.send("POST", f"/api/v1/orders/{number}/files", pieces(), headers)
    assert (status, json.loads(text).get("sha256")) == (201, digest), text


def ways_of(made: Installation, port: int) -> dict[str, Callable[[int], None]]:
    """The two ways in, each used once already: signing in takes 100 MB for a moment, whatever comes after."""
    browser, program = Browser(port), Browser(port)
    browser.sign_in("wumin", "qianhou-demo")
    token = json.loads(made.run("token", "create", "--person", "wumin", "--json").stdout)["token"]
    ways = {"page": partial(on_the_page, browser), "program": partial(by_a_program, program, token)}
    for send in ways.values():
        send(1)
    return ways


def measure(megabytes: int) -> dict[str, Any]:
    """All figures of one installation."""
    os.environ["AFTERSIGN_FILE_MEGABYTES"] = str(megabytes + 1)
    said: dict[str, Any] = {"megabytes": megabytes}
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as made:
        made.run("demo", "--no-serve")
        process = made.start("serve", "--workers", "2")
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().rsplit(":", 1)[1])
            for way, send in ways_of(made, port).items():
                began = time.perf_counter()
                with Watched([process.pid, *descendants(process.pid)]) as watched:
                    send(megabytes)
                figures = {"seconds": round(time.perf_counter() - began, 1), "one_process_mb": max(watched.most)}
                said[way] = figures | {"all_mb": watched.all}
            said["left"] = len(list((made.home / "files" / "arriving").iterdir()))
        finally:
            kill(process)
    return said | {"load_average": round(os.getloadavg()[0], 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int((sys.argv[1:] or ["2048"])[0]))) + "\n")
