"""Random acts on the handover of orders."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.acts import Ceremony, Returning, Session
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy, Question, ReturnItem
from aftersign.demo import scenes
from aftersign.demo.script import Plot
from aftersign.kernel.org.models import Department
from aftersign.kernel.vault.taking import take
from aftersign.orders.models import Order
from tests.company.acting.orders import order
from tests.company.acting.walk import Move, Walk


def send(walk: Walk) -> object:
    unsent = Order.objects.filter(stage="signed", handover=None).order_by("number")
    found = walk.one(unsent) if walk.happens(0.9) else order(walk)
    given = {"content": _content(walk, found), "departments": _departments(walk), "responsibility": walk.words()}
    return walk.does("handover.send_and_sign", acts.send_and_sign, found, **given)


def submit(walk: Walk) -> object:
    found = order(walk)
    return walk.does("handover.submit", acts.submit, found, content=_content(walk, found))


def sign(walk: Walk) -> object:
    form = walk.one(FormVersion.objects.filter(handover__state="submitted").order_by("-number", "handover__number"))
    given = {"check_value": _check_value(walk, form), "ceremony": Ceremony(walk.words())}
    return walk.does("handover.sign", acts.sign, form.order, **given)


def distribute(walk: Walk) -> object:
    signed = Handover.objects.filter(state__in=("signed", "distributed")).order_by("number")
    found = walk.one(signed).order if walk.happens(0.95) else order(walk)
    return walk.does("handover.distribute", acts.distribute, found, departments=_departments(walk))


def accept(walk: Walk) -> object:
    copy = _waiting(walk)
    given = {"check_value": _check_value(walk, copy.form), "ceremony": Ceremony(walk.words(), walk.words())}
    if walk.happens(0.1):
        return walk.does("handover.accept_copy", acts.accept_copy, copy, **given)
    return walk.does("handover.sign_for_copy", acts.sign_for_copy, copy, points=_points(walk, copy), **given)


def send_back(walk: Walk) -> object:
    copy = _waiting(walk)
    places = (*copy.form.content.items(), "documents", "customer_requirements", "nowhere")
    reasons = (*ReturnItem.Reason.values, "whim")
    items = tuple(Returning(each, walk.chance.choice(reasons), walk.words()) for each in walk.some(places)[:2])
    given = {"check_value": copy.form.check_value, "items": items}
    return walk.does("handover.return_copy", acts.return_copy, copy, **given)


def send_again(walk: Walk) -> object:
    sent = Handover.objects.filter(state__in=("distributed", "submitted", "signed")).order_by("number")
    found = walk.one(sent).order
    answers = {row.pk: walk.words() for row in ReturnItem.objects.filter(order=found)}
    given = {"content": _content(walk, found), "note": walk.words(), "answers": answers}
    return walk.does(
        "handover.correct_and_resend", acts.correct_and_resend, found, responsibility=walk.words(), **given
    )


def send_one_again(walk: Walk) -> object:
    given = {"note": walk.words(), "answers": {}}
    return walk.does("handover.resend_copy", acts.resend_copy, _copy(walk, "sent", "returned", "resent"), **given)


def recall(walk: Walk) -> object:
    copy = _copy(walk, "sent", "returned", "resent")
    return walk.does("handover.recall_copy", acts.recall_copy, copy, reason=walk.words())


def explain(walk: Walk) -> object:
    found = walk.one(Handover.objects.exclude(latest=0).order_by("number")).order
    copies = walk.some(HandoverCopy.objects.filter(order=found).order_by("sent_at", "pk"))
    held = walk.moment - timedelta(minutes=walk.chance.choice((0, 10, 600, 4000)))
    session = Session(held, walk.chance.choice(("in_person", "online")), tuple(walk.anybody() for _each in range(3)))
    given = {"copies": copies, "session": session, "points": walk.some(("S1", "S2"))}
    return walk.does("handover.explain", acts.explain, found, **given)


def confirm(walk: Walk) -> object:
    copy = _waiting(walk)
    return walk.does("handover.confirm_points", acts.confirm_points, copy, points=_points(walk, copy))


def ask(walk: Walk) -> object:
    return walk.does("handover.ask", acts.ask, _waiting(walk), text=walk.words(), item="documents")


def answer(walk: Walk) -> object:
    return walk.does("handover.answer", acts.answer, _question(walk), text=walk.words())


def withdraw_question(walk: Walk) -> object:
    return walk.does("handover.withdraw_question", acts.withdraw_question, _question(walk), reason=walk.words())


def keep_original(walk: Walk) -> object:
    body = f"%PDF-1.4\n% {walk.chance.random()}\n%%EOF\n".encode()
    receipt = take(ContentFile(body, name="收据.pdf"))
    given = {"keeper": walk.anybody(), "place": walk.words(), "receipt": receipt}
    return walk.does("handover.receive_original", acts.receive_original, order(walk), **given)


def correct(walk: Walk) -> object:
    accepted = Handover.objects.exclude(accepted_at=None).order_by("number")
    found = walk.one(accepted).order if walk.happens(0.9) else order(walk)
    given = {"item": "basic_information.acceptance", "old": "", "new": walk.words(), "cause": walk.words()}
    return walk.does("handover.correct", acts.correct, found, **given)


def _content(walk: Walk, found: Order) -> Content:
    points = walk.chance.choice((0, 0, 0, 1, 2))
    plot = Plot(found.title, found.customer.name, found.kind, Decimal(1), 0, (), points)
    return scenes.content_of(found, plot, walk.words())


def _departments(walk: Walk) -> tuple[Department, ...]:
    if walk.happens(0.8):
        return scenes.receiving()
    return walk.some(Department.objects.order_by("name", "pk"))


def _check_value(walk: Walk, form: FormVersion) -> str:
    return form.check_value if walk.happens(0.95) else "0" * 64


def _points(walk: Walk, copy: HandoverCopy) -> tuple[str, ...]:
    points = tuple(row["no"] for row in copy.form.content.key_points)
    return points if walk.happens(0.9) else walk.some(points)


def _copies() -> QuerySet[HandoverCopy]:
    return HandoverCopy.objects.select_related("form", "department", "handover", "order").order_by("sent_at", "pk")


def _copy(walk: Walk, *states: str) -> HandoverCopy:
    return walk.one(_copies().filter(state__in=states) if walk.happens(0.95) else _copies())


def _waiting(walk: Walk) -> HandoverCopy:
    return _copy(walk, "sent", "resent")


def _question(walk: Walk) -> Question:
    rows = Question.objects.select_related("copy__department", "order").order_by("asked_at", "pk")
    return walk.one(rows.filter(state="asked") if walk.happens(0.9) else rows)


MOVES: dict[Move, int] = {
    send: 9,
    submit: 2,
    sign: 3,
    distribute: 4,
    accept: 22,
    send_back: 4,
    send_again: 4,
    send_one_again: 3,
    recall: 2,
    explain: 4,
    confirm: 2,
    ask: 2,
    answer: 2,
    withdraw_question: 1,
    keep_original: 4,
    correct: 2,
}
