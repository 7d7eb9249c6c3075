"""Every rule of the house holds in this checkout."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pytest
from django.apps import apps

from aftersign.cli.main import main

from . import catalogues, documents, guide, imports, languages, pages, relations, sizes, words
from .house import FLOORS, KERNEL, PACKAGE, House

ROOT = Path(__file__).resolve().parents[2]
RULES = [
    rule for part in (sizes, imports, pages, words, catalogues, languages, documents, guide) for rule in part.RULES
]


@pytest.fixture(scope="module")
def house() -> House:
    """This checkout."""
    return House(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}")
def test_rule(rule: Callable[[House], Iterable[str]], house: House) -> None:
    """A fault fails with the place where it stands."""
    faults = list(rule(house))
    assert not faults, "\n" + "\n".join(faults)


def test_relations_run_downward() -> None:
    """Tables, too, know only their own and lower floors."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(PACKAGE)]
    faults = list(relations.forbidden_relations(ours))
    assert not faults, "\n" + "\n".join(faults)


def test_every_floor_is_known(house: House) -> None:
    """A new folder beside the floors, or a new package of the kernel, needs a place in the order first."""
    floors = {module.parts[1] for module in house.code if len(module.parts) > 1}
    kernel = {module.parts[2] for module in house.code if module.parts[1:2] == ("kernel",) and len(module.parts) > 2}
    assert floors <= set(FLOORS)
    assert kernel <= set(KERNEL)


def test_policy_runs_without_django(house: House) -> None:
    """Every module of the rulebook and of the engine loads with nothing of Django behind it."""
    pure = [".".join(module.name) for module in house.code if module.name[:3] in imports.PURE]
    question = f"import sys, {', '.join(pure)}; sys.exit('django' in sys.modules)"
    command = [sys.executable, "-c", question]
    answer = subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr or "Django was loaded"


def test_documents_name_real_commands(house: House) -> None:
    """Each `aftersign` command that a document tells people to type is one."""
    known = {*main.list_commands(click.Context(main))}
    named = {(str(file.path), name) for file in documents.documents(house) for name in documents.commands(file.text)}
    assert {name for _, name in named} >= {"init", "serve", "policy"}
    assert sorted((path, name) for path, name in named if name not in known) == []
