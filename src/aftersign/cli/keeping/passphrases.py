"""Where passphrases come from: the environment, the first line of a file, or whoever sits before the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from aftersign.cli.keeping.faults import NoArchive

MAIN, KEYS = "AFTERSIGN_BACKUP_PASSPHRASE", "AFTERSIGN_BACKUP_KEYS_PASSPHRASE"
SHORT = 12
"""Fewer characters than this are told to be few."""


def asked(file: Path | None, *, twice: bool) -> str:
    """The passphrase of the archive, typed twice where it will seal; raises `NoArchive` when there is none."""
    found = given(file, MAIN)
    if not found and sys.stdin.isatty():
        found = str(click.prompt("Passphrase of the archive", hide_input=True, confirmation_prompt=twice, err=True))
    if not found:
        raise NoArchive(f"there is no passphrase: set {MAIN}, or name a file with --passphrase-file")
    if twice and len(found) < SHORT:
        click.echo(f"the passphrase is short: take at least {SHORT} characters", err=True)
    return found


def given(file: Path | None, variable: str) -> str:
    """What a file or the environment gives, empty when neither does."""
    if file is None:
        return os.environ.get(variable, "")
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise NoArchive(f"the passphrase cannot be read from {file}: {error}") from None
