"""Runs the suite on SQLite and then what touches a database on PostgreSQL; the last line counts both together."""

import compileall
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = bool(os.environ.get("AFTERSIGN_REQUIRE_ALL"))
NO_TESTS = 5  # pytest's status
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CLOSING_LINE = re.compile(r"=+ (?P<counts>.*) in [\d.]+s.* =+$")


def postgres_address() -> str:
    """Where the tests look for PostgreSQL; the name differs by checkout, so two of them can test on one server."""
    by_checkout = f"aftersign_{zlib.crc32(str(ROOT).encode()):08x}"
    return os.environ.get("DATABASE_URL_TEST") or f"postgres://postgres@127.0.0.1:5432/{by_checkout}"


def why_not(address: str) -> str:
    """The reason why tests cannot run on the server at this address, or an empty text when they can."""
    try:
        with psycopg.connect(address.rpartition("/")[0] + "/postgres", connect_timeout=3) as connection:
            role = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            may_create = connection.execute(role).fetchone()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return "" if may_create and may_create[0] else "the role may not create databases"


def run(label: str, environment: dict[str, str], arguments: list[str]) -> tuple[int, Counter[str]]:
    """Run pytest once, pass its output on as it comes, and return its status and the counts of its closing line."""
    print(f"--- The suite on {label}", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal", *arguments]
    if sys.stdout.isatty():
        command.append("--color=yes")
    counts: Counter[str] = Counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if closing := CLOSING_LINE.search(COLOUR.sub("", line)):
                counts = Counter({word: int(n) for n, word in re.findall(r"(\d+) (\w+)", closing["counts"])})
    return process.returncode, counts


def main(arguments: list[str]) -> int:
    """The two halves; 1 when a test failed or something was missing that may not be missing."""
    # A third of what a command takes to start is compiling us, where Python was told to keep no bytecode.
    compileall.compile_dir(ROOT / "src", quiet=2, workers=0)
    with tempfile.TemporaryDirectory(prefix="aftersign-suite-") as home:
        environment = {**os.environ, "AFTERSIGN_HOME": home, "AFTERSIGN_SECRET_KEY": "for tests only"}
        statuses, counts = run_on_both(environment, arguments)
    # A run that broke down before its first test, or was left out where it may not be, is a failure as well.
    failed = counts["failed"] + counts["error"] + counts["errors"] or int(any(statuses))
    print(f"{counts['passed']} passed, {failed} failed")
    return int(failed > 0)


def run_on_both(environment: dict[str, str], arguments: list[str]) -> tuple[list[int], Counter[str]]:
    """Statuses of both halves and their counts taken together; an unreachable PostgreSQL is said in one line."""
    environment.pop("DATABASE_URL", None)
    status, counts = run("SQLite", environment, arguments)
    address = postgres_address()
    if reason := why_not(address):
        print(f"PostgreSQL: its half of the suite is left out ({reason}).", flush=True)
        return [status, int(REQUIRE_ALL or "DATABASE_URL_TEST" in os.environ)], counts
    second, more = run("PostgreSQL", {**environment, "DATABASE_URL": address}, arguments)
    nothing_to_do = bool(arguments) and second == NO_TESTS  # of the part asked for, nothing touches a database
    return [status, 0 if nothing_to_do else second], counts + more


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
