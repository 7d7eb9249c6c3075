"""Every command that a document tells people to type is one that the program takes, with its options and arguments."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from aftersign.cli.main import main

from . import documents
from .house import House

ROOT = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"^```(?:sh)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BEGINS = re.compile(r"(?:^|[;|&(]\s*|\$\()aftersign (?=[a-z-])")
ENDS = frozenset(["|", ">", ">>", "&&", ";", "&", "2>", "<"])
LONGEST = 240
Told = tuple[str, str]


def told() -> list[Told]:
    """Commands with the document that names them: lines of blocks, and code within sentences."""
    found: dict[Told, None] = {}
    for document in documents.documents(House(ROOT)):
        blocks = FENCED.findall(document.text)
        lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
        for code in [*lines, *documents.CODE.findall(documents.FENCE.sub("", document.text))]:
            for each in BEGINS.finditer(code):
                found[str(document.path), code[each.start() :][:LONGEST].lstrip(";|&($ ")] = None
    return list(found)


def fault_of(line: str) -> str:
    """Why the program would not take a command, empty when it would; what values say is not looked at."""
    words = shlex.split(line.partition(" # ")[0].rstrip(")"))[1:]
    words = words[: next((at for at, word in enumerate(words) if word in ENDS), len(words))]
    command: click.Command = main
    context = click.Context(main, info_name="aftersign")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        found = command.get_command(context, name)
        if found is None:
            return f"there is no {context.command_path} {name}"
        context = click.Context(found, info_name=name, parent=context)
        command = found
    if words in (["--help"], ["--version"]):
        return ""
    try:
        _given, rest, _order = command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return f"{context.command_path}: {error.format_message()}"
    return f"{context.command_path} takes no {rest[0]}" if rest else ""


@pytest.mark.parametrize(("document", "line"), told(), ids=lambda each: str(each)[:60])
def test_the_program_takes_what_documents_tell(document: str, line: str) -> None:
    assert fault_of(line) == "", document


def test_documents_tell_of_commands() -> None:
    named = {line.split()[1] for _document, line in told()}
    assert named >= {
        "init",
        "serve",
        "check",
        "backup",
        "restore",
        "verify",
        "journal",
        "certificate",
        "policy",
        "token",
        "demo",
    }


@pytest.mark.parametrize("page", ["operating.md", "operating.zh-Hans.md", "operating.zh-Hant.md"])
def test_every_option_of_the_sample_company_is_told(page: str) -> None:
    command = main.get_command(click.Context(main), "demo")
    assert command is not None
    options = {each for param in command.params for each in param.opts}
    lines = [line for document, line in told() if document.endswith(f"guide/{page}") and " demo " in f"{line} "]
    assert options == {word for line in lines for word in line.split() if word.startswith("--")}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("aftersign serv", "there is no aftersign serv"),
        ("aftersign journal new-keys", "there is no aftersign journal new-keys"),
        ("aftersign init --forced", "aftersign init: No such option"),
        ("aftersign verify FILE", "aftersign verify takes no FILE"),
    ],
)
def test_what_it_would_not_take_is_found(line: str, fault: str) -> None:
    assert fault_of(line).startswith(fault)
