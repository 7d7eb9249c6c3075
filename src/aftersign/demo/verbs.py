"""What each word of a plot means: the scene that is played."""

from __future__ import annotations

from collections.abc import Callable

from aftersign.demo import exceptions, halts, scenes, turns
from aftersign.demo.script import Plot
from aftersign.orders.models import Order

Scene = Callable[[Order, Plot, str], None]

_OF_THE_WAY: dict[str, Scene] = {
    "send": scenes.send,
    "explain": lambda order, plot, code: scenes.explain(order, plot.crew),
    "accept": lambda order, plot, code: scenes.accept(order, code, plot.crew),
    "return": lambda order, plot, code: scenes.send_back(order, code, plot.crew),
    "resend": lambda order, plot, code: scenes.resend(order, plot),
    "original": lambda order, plot, code: scenes.keep_original(order),
    "team": lambda order, plot, code: scenes.name_team(order, plot.crew),
    "complete": lambda order, plot, code: scenes.complete(order, warranted=code == "warranty"),
    "close": lambda order, plot, code: halts.close(order),
}
_BESIDE: dict[str, Scene] = {
    "take": lambda order, plot, code: turns.take(order, code, plot.crew),
    "ask": lambda order, plot, code: turns.ask(order, code, plot.crew),
    "answer": lambda order, plot, code: turns.answer(order),
    "correct": lambda order, plot, code: turns.correct(order),
    "recall": lambda order, plot, code: turns.recall(order, code),
    "postpone": lambda order, plot, code: turns.postpone(order),
    "photos": lambda order, plot, code: turns.photograph(order, plot.age),
    "exempt": lambda order, plot, code: turns.exempt(order),
    "ask_suspension": lambda order, plot, code: halts.ask_suspension(order),
    "suspend": lambda order, plot, code: halts.suspend(order),
    "reject": lambda order, plot, code: halts.reject(order),
    "resume": lambda order, plot, code: halts.resume(order),
    "terminate": lambda order, plot, code: halts.terminate(order),
    "extension": lambda order, plot, code: exceptions.ask_extension(order, code),
    "waiver": lambda order, plot, code: exceptions.ask_waiver(order, code),
    "approve": lambda order, plot, code: exceptions.approve(order, code),
    "refuse": lambda order, plot, code: exceptions.refuse(order, code),
    "slip": lambda order, plot, code: exceptions.slip(order),
}
SCENES = {**_OF_THE_WAY, **_BESIDE}
"""By the word in front of the colon; what stands behind it is given to the scene."""
