"""Relations between tables run downward like imports: a foreign key written as text is an import in disguise."""

from collections.abc import Iterable, Iterator
from typing import Any

from .house import objection, unit_of


def forbidden_relations(models: Iterable[type[Any]]) -> Iterator[str]:
    """Fields of these models that point to a table of a higher floor or of another room."""
    for model in models:
        user = unit_of(tuple(model.__module__.split(".")))
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created and not field.concrete:
                continue  # the other end of somebody else's relation
            target = getattr(field, "related_model", None)
            if isinstance(target, type) and (reason := objection(user, unit_of(tuple(target.__module__.split("."))))):
                yield f"{model._meta.label}.{field.name} points to {target._meta.label}, but {reason}"
