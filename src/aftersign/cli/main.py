"""The `aftersign` command: a table of its commands, each loaded only when it is asked for."""

from __future__ import annotations

import io
import sys

import click

from aftersign.cli.lazy import LazyGroup

_COMMANDS = {
    "verify": "aftersign.cli.verifying:verify",
    "policy": "aftersign.cli.policy:policy",
}
_COMPANY = {
    "init": "aftersign.cli.installation:init",
    "demo": "aftersign.cli.showing:demo",
    "certificate": "aftersign.cli.certifying:certificate",
    "serve": "aftersign.cli.serving:serve",
    "worker": "aftersign.cli.serving:worker",
    "import": "aftersign.cli.importing:import_group",
    "journal": "aftersign.cli.journaling:journal",
    "export": "aftersign.cli.exporting:export",
    "print": "aftersign.cli.printing:print_group",
    "search": "aftersign.cli.searching:search",
    "simulate": "aftersign.cli.simulating:simulate",
    "token": "aftersign.cli.tokens:token",
    "backup": "aftersign.cli.keeping.backup:backup",
    "restore": "aftersign.cli.keeping.restore:restore",
    "check": "aftersign.cli.checking.check:check",
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, company=_COMPANY)
@click.version_option(package_name="aftersign")
def main() -> None:
    """Run a company's policy for its orders after signing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese still shows the rest
