"""The words of the edition in force, lent to the floors below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aftersign.policy.editions import store
from aftersign.policy.engine.names import COMPLETED
from aftersign.policy.rulebook import Labels, Rulebook, Stage, StageBeside


def _stage(rulebook: Rulebook, name: str) -> Labels | None:
    stages: tuple[Stage | StageBeside, ...] = (*rulebook.stages, *rulebook.stages_beside)
    return next((each.labels for each in stages if each.stage == name), None)


_SORTS: dict[str, Callable[[Rulebook, str], Labels | None]] = {
    "act": lambda book, name: book.acts.get(name),
    "fact": lambda book, name: book.facts[name].labels if name in book.facts else None,
    "role": lambda book, name: book.roles[name].labels if name in book.roles else None,
    "stage": _stage,
    "grade": lambda book, name: book.word(name),
    "check": lambda book, name: book.checks[name].labels if name in book.checks else None,
    "unit": lambda book, name: book.units[name].labels if name in book.units else None,
    "room": lambda book, name: book.chapters.get(name),
    "clause": lambda book, name: book.clauses[name].title if name in book.clauses else None,
}


def label_in(rulebook: Rulebook, sort: str, name: str, language: str) -> str:
    """The label that one edition gives to a name; a name without one stands for itself."""
    kind, _slash, room = sort.partition("/")
    found = rulebook.word(name, room) if kind == "word" else _SORTS[kind](rulebook, name)
    if found is None and kind in ("word", "grade") and name in rulebook.roles:
        found = rulebook.roles[name].labels
    return found.say(language) if found else name


class EditionWords:
    """Labels and list members of the edition in force; before there is one, every name stands for itself."""

    def __init__(self) -> None:
        self._of: Rulebook | None = None
        self._known: dict[tuple[str, str, str], str] = {}

    def label(self, sort: str, name: str, language: str) -> str:
        rulebook = store.shown()
        if rulebook is None:
            return name
        if rulebook is not self._of:
            self._of, self._known = rulebook, {}
        known, asked = self._known, (sort, name, language)
        if asked not in known:
            known[asked] = label_in(rulebook, sort, name, language)
        return known[asked]

    def members(self, parameter: str) -> Sequence[str]:
        """Words of a list parameter; those of the edition itself are `stages`, `stages_beside` and `order_posts`.

        `stages_accepted` are the stages from the one on at which the customer has accepted.
        """
        rulebook = store.shown()
        if rulebook is None:
            return ()
        if parameter == "stages":
            return tuple(each.stage for each in rulebook.stages)
        if parameter == "stages_accepted":
            done = [COMPLETED in each.reached_by for each in rulebook.stages]
            return tuple(each.stage for each in rulebook.stages[done.index(True) :]) if any(done) else ()
        if parameter == "stages_beside":
            return tuple(each.stage for each in rulebook.stages_beside)
        if parameter == "order_posts":
            return tuple(name for name, role in rulebook.roles.items() if role.resolved == "order_team")
        found = rulebook.params.get(parameter)
        return found.value if found and isinstance(found.value, tuple) else ()
