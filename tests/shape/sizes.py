"""How long a file, a function, a view and a template may be, and what no module may be called."""

from collections.abc import Iterator

from .house import House

FILE, FUNCTION, VIEW, TEMPLATE = 300, 40, 15, 120
SAYS_NOTHING = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "tools", "util", "utils"}


def long_files(house: House) -> Iterator[str]:
    """Modules over the limit: split by noun into a package of the same name."""
    for module in house.code:
        if module.lines > FILE:
            yield f"{module.path}: {module.lines} lines, at most {FILE}"


def long_functions(house: House) -> Iterator[str]:
    """Functions over the limit; a view has a lower one."""
    for module in house.code:
        limit = VIEW if "views" in module.name else FUNCTION
        for function in module.functions():
            size = (function.end_lineno or function.lineno) - function.lineno + 1
            if size > limit:
                yield f"{module.path}:{function.lineno}: {function.name} has {size} lines, at most {limit}"


def long_templates(house: House) -> Iterator[str]:
    """Templates over the limit: cut a part out and include it."""
    for template in house.templates:
        if template.lines > TEMPLATE:
            yield f"{template.path}: {template.lines} lines, at most {TEMPLATE}"


def empty_names(house: House) -> Iterator[str]:
    """Modules and packages whose name says nothing."""
    for module in house.modules:
        if SAYS_NOTHING.intersection(module.name or (module.path.stem,)):
            yield f"{module.path}: a name that says nothing; name what is in it"


RULES = (long_files, long_functions, long_templates, empty_names)
