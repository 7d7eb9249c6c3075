"""`aftersign serve` and `aftersign worker`: the web and the clock of an installation."""

from __future__ import annotations

import gc
import http.client
import logging
import multiprocessing
import os
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import click
from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import DatabaseError, close_old_connections, connections
from django.urls import get_resolver
from django.utils import translation
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from aftersign.chapters.final.acts import bring_into_force
from aftersign.chapters.general.acts import count_refusals
from aftersign.cli.children import follow_parent, keep_alive, stop_signals
from aftersign.cli.chores import CHORES
from aftersign.cli.company import answer
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.access.sessions import Sweep
from aftersign.kernel.journal.proof.watching import Watch
from aftersign.kernel.shell import heartbeat
from aftersign.kernel.vault import places
from aftersign.policy.standing import world
from aftersign.policy.steps import next_due

HOST = "127.0.0.1"
THREADS = 4
"""Requests that one web process answers at a time."""
LONGEST_NAP = 5.0
_log = logging.getLogger(__name__)


@click.command()
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="Web processes.")
@click.option("--json", "as_json", is_flag=True, help="Print the address as one JSON document.")
@orderly
def serve(workers: int, as_json: bool) -> None:
    """Serve the web on 127.0.0.1 and run the worker beside it, until told to stop."""
    raise SystemExit(run_servers(workers=workers, as_json=as_json))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, with the number of the process.")
@orderly
def worker(as_json: bool) -> None:
    """Bring about what time alone brings about; several may run at once."""
    founded()
    told = stop_signals()
    answer({"worker": os.getpid()}, as_json, lambda: None)
    work(told)


def run_servers(*, workers: int, as_json: bool = False) -> int:
    """Run web and worker until told to stop, print the address once it answers, and answer with the exit code."""
    told, port = stop_signals(), settings.PORT
    _ask_port(port)
    application = _loaded()
    runs: dict[str, Callable[[], None]] = {
        "web": partial(_web, application, port, workers),
        "worker": lambda: work(stop_signals()),
    }
    return keep_alive(runs, told, _Announcement(port, as_json))


@translation.override(settings.LANGUAGE_CODE)
def work(told: threading.Event) -> None:
    """Take what is due, then sleep until the next thing is, at most a few seconds, until told to stop."""
    watch, sweep = Watch(settings.CHECKPOINT_SECONDS), Sweep()
    while not told.is_set():
        close_old_connections()
        try:
            company = founded()
            bring_into_force(company, by=CLOCK)
            count_refusals(company, by=CLOCK)
            places.sweep()
            more = [chore() for chore in CHORES]
            waiting = 0.0 if any(more) else next_due()
        except DatabaseError:
            _log.exception("the database did not answer; trying again")
            waiting = LONGEST_NAP
        else:
            watch.look()
            heartbeat.beat(heartbeat.WORKER)
            sweep.look()
        told.wait(LONGEST_NAP if waiting is None else min(LONGEST_NAP, waiting))
    watch.look(at_once=True)


class _Announcement:
    """Prints the address, once, as soon as it answers."""

    def __init__(self, port: int, as_json: bool) -> None:
        self._port, self._as_json, self._said = port, as_json, False

    def __call__(self) -> None:
        if not self._said and _answers(self._port):
            address = f"http://{HOST}:{self._port}"
            answer({"address": address}, self._as_json, lambda: click.echo(address))
            self._said = True


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _ask_port(port: int) -> None:
    """End the command when another program listens there; the web's own sockets would share the port silently."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(f"port {port} cannot be used: {error.strerror}; set AFTERSIGN_PORT") from None


def _loaded() -> Callable[..., Any]:
    """The web application with everything that its processes can share, loaded before they fork."""
    founded()
    application = get_internal_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 (reading it imports all views)
    world()
    connections.close_all()
    gc.collect()
    gc.freeze()
    return application


def _web(application: Callable[..., Any], port: int, workers: int) -> None:
    """Granian and its web processes, which fork from here."""
    multiprocessing.set_start_method("fork", force=True)
    parent = os.getpid()

    def load() -> Callable[..., Any]:
        follow_parent(parent)
        return application

    Granian(
        target="aftersign",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=3,
    ).serve(target_loader=load, wrap_loader=False)
