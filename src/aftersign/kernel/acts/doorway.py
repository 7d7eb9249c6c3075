"""The one doorway for writing: lock, authorise, ask the policy, do, derive duties, append facts."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from aftersign.kernel.access import audit, capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import memory
from aftersign.kernel.acts.doing import Doing, current, entered
from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.acts.versions import row_version
from aftersign.kernel.clock import now
from aftersign.kernel.journal import chain
from aftersign.kernel.org.remembering import anew
from aftersign.kernel.units import registry

U = TypeVar("U", bound=Model)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Act:
    """What is declared of an act: its name, its capability, and the checks that hold whatever the policy says."""

    name: str
    capability: str
    checks: tuple[str, ...]


_acts: dict[str, Act] = {}


def declared() -> Mapping[str, Act]:
    """All acts that the installed rooms declare, by name."""
    return dict(_acts)


def act(
    name: str, *, capability: str, checks: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[U, P], R]], Callable[Concatenate[U, P], R]]:
    """Declare a verb on a unit. Its first argument is the unit (for a founding act, the parent), `by` the actor.

    The verb runs in one transaction with the order's row locked and the unit loaded anew; it raises `Forbidden`,
    `Stale` or `Refused`, and then nothing has changed.
    """
    if name in _acts:
        raise ValueError(f"act {name} is declared twice")
    known = _acts[name] = Act(name, capability, checks)

    def decorate(verb: Callable[Concatenate[U, P], R]) -> Callable[Concatenate[U, P], R]:
        signature = inspect.signature(verb)

        @functools.wraps(verb)
        def doorway(unit: U, /, *args: P.args, **kwargs: P.kwargs) -> R:
            given = dict(signature.bind(unit, *args, **kwargs).arguments)
            given.pop(next(iter(signature.parameters)))
            by = given.pop("by")
            outer = current()
            if outer is not None:
                return cast(R, _within(known, verb, outer.within(name, unit, given), args, kwargs))
            return cast(R, _through(known, verb, unit, by, given, args, kwargs))

        return cast(Callable[Concatenate[U, P], R], doorway)

    return decorate


def _through(known: Act, verb: Any, unit: Any, by: Actor, given: dict[str, Any], args: Any, kwargs: Any) -> Any:
    try:
        with transaction.atomic():
            root = lock(unit)
            with anew():
                if by.key and (before := memory.recall(by, known.name, unit, given)):
                    return before.answer()
                fresh = root if type(unit) is type(root) else _fresh(unit, root)
                _compare_version(fresh, by)
                doing = Doing(known.name, fresh, root, by, now(), given)
                with entered(doing):
                    _admit(known, doing)
                    result = verb(fresh, *args, **kwargs)
                    memory.remember(by, known.name, unit, given, result)
                    _write(doing)
                    audit.note_act(known.name, by, fresh)
                return result
    except Refused as refused:
        memory.note_refusal(known.name, unit, by, refused)
        raise


def _within(known: Act, verb: Any, doing: Doing, args: Any, kwargs: Any) -> Any:
    with entered(doing):
        _admit(known, doing)
        return verb(doing.unit, *args, **kwargs)


def _admit(known: Act, doing: Doing) -> None:
    if not capabilities.allowed(doing.actor, known.capability, doing.unit):
        raise Forbidden.because(_("You have no right to do this here."), check=known.capability)
    _hook("ACT_GATEKEEPER")(doing, known)


def _write(doing: Doing) -> None:
    _hook("JOURNAL_PROJECTOR")(doing)
    actor = doing.actor
    statement = chain.Statement(
        actor_kind=actor.kind,
        actor_id=actor.id,
        on_behalf_of=actor.on_behalf_of.pk if actor.on_behalf_of else None,
        request_id=actor.request_id,
        seen=doing.passage.seen,
    )
    if doing.act and row_version(doing.unit) is not None:
        type(doing.unit)._default_manager.filter(pk=doing.unit.pk).update(version=F("version") + 1)
    # Last of all, for whoever acts meanwhile waits here for the end of the chain.
    chain.append(doing.passage.facts, statement)


@contextmanager
def clockwork(root: Model, *, by: Actor) -> Iterator[Doing]:
    """State facts of the clock, an import or the set-up: the same doorway, but no gate and no capability holds it."""
    with transaction.atomic():
        unit = lock(root)
        doing = Doing("", unit, unit, by, now(), {})
        with entered(doing):
            yield doing
            _write(doing)


def lock(unit: Model) -> Model:
    """Lock the row that stands for everything of a unit (its order's, the company's, else its own), read anew."""
    root = registry.guard_of(unit)
    return type(root)._default_manager.select_for_update().get(pk=root.pk)


def _fresh(unit: Model, root: Model) -> Model:
    """A unit read anew with what acts on it read along, and the row that is locked in hand wherever it is meant."""
    rows, along = type(unit)._default_manager, registry.kind_of(unit).along
    fresh = (rows.select_related(*along) if along else rows).get(pk=unit.pk)
    for each in registry.line_of(fresh):
        for field in each._meta.concrete_fields:
            if field.related_model is type(root) and getattr(each, field.attname) == root.pk:
                setattr(each, field.name, root)
    return fresh


def _compare_version(unit: Any, by: Actor) -> None:
    if by.version is not None and by.version != row_version(unit):
        raise Stale.because(_("Somebody has changed this since you opened the page. Read what is new and try again."))


def _hook(setting: str) -> Callable[..., None]:
    module, _dot, name = getattr(settings, setting).rpartition(".")
    return cast(Callable[..., None], getattr(import_module(module), name))
