"""Imports run downward, never sideways between rooms, never in a ring, never inside a function, and no signals."""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from .house import DIVIDED, PACKAGE, House, Module, objection, unit_of

# These two run without Django, so that a policy can be tried on its own.
PURE = (("aftersign", "policy", "rulebook"), ("aftersign", "policy", "engine"))
PURE_MAY_USE = (*PURE, ("aftersign", "kernel", "clock"))
Import = tuple[tuple[str, ...], int]


def imports_of(module: Module) -> Iterator[Import]:
    """Every name that a module imports, with its line; `from a import b` is a.b, whether b is a module or not."""
    package = module.parts
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield tuple(alias.name.split(".")), node.lineno
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            target = (*start, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                yield (*target, alias.name), node.lineno


def forbidden_uses(house: House) -> Iterator[str]:
    """Imports that run upward or from one room into another."""
    for module in house.code:
        for name, line in imports_of(module):
            if name[0] == PACKAGE and (reason := objection(module.unit, unit_of(name))):
                yield f"{module.path}:{line}: imports {'.'.join(name)}, but {reason}"


def rings(house: House) -> Iterator[str]:
    """The first ring of modules, and the first ring of units."""
    for edges in (module_edges(house), unit_edges(house)):
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            yield "imports run in a ring: " + " < ".join(error.args[1])


def module_edges(house: House) -> dict[str, set[str]]:
    """Which modules each module imports; a package only when something of its own `__init__` is taken."""
    known = {".".join(module.name) for module in house.code}
    edges: dict[str, set[str]] = {name: set() for name in known}
    for module in house.code:
        for name, _ in imports_of(module):
            whole, parent = ".".join(name), ".".join(name[:-1])
            edges[".".join(module.name)] |= {whole} & known or {parent} & known
    return {name: used - {name} for name, used in edges.items()}


def unit_edges(house: House) -> dict[str, set[str]]:
    """Which units each unit imports."""
    edges: dict[str, set[str]] = {}
    for module in house.code:
        used = {unit_of(name) for name, _ in imports_of(module) if name[0] == PACKAGE}
        edges.setdefault(module.unit, set()).update(used - {module.unit, "", *DIVIDED})
    return edges


def imports_inside_functions(house: House) -> Iterator[str]:
    """Imports that hide in a function; `ready()` of an app is the one place for them."""
    for module in house.code:
        if module.path.name == "apps.py":
            continue
        for function in module.functions():
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{module.path}:{node.lineno}: {function.name} imports inside itself"


def signals(house: House) -> Iterator[str]:
    """Django's signals: readers of the journal do their work."""
    for module in house.code:
        for name, line in imports_of(module):
            if name[0] != PACKAGE and ("signals" in name or name[:2] == ("django", "dispatch")):
                yield f"{module.path}:{line}: uses signals ({'.'.join(name)}); let a reader follow the journal"


def impurities(house: House) -> Iterator[str]:
    """What the rulebook and the engine import beside the standard library, each other and the clock."""
    for module in house.code:
        if module.name[:3] not in PURE:
            continue
        for name, line in imports_of(module):
            if name[0] not in sys.stdlib_module_names and name[0] != "__future__" and name[:3] not in PURE_MAY_USE:
                yield f"{module.path}:{line}: imports {'.'.join(name)}; here only the clock may be used"


RULES = (forbidden_uses, rings, imports_inside_functions, signals, impurities)
