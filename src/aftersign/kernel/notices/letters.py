"""Mails in words: in the receiver's language, as text and as HTML, each with exactly one link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aftersign.kernel.clock import eras
from aftersign.kernel.journal.queries import chain_end
from aftersign.kernel.notices.describing import Thing, describe, visible
from aftersign.kernel.notices.models import Message, MessageKind, Notice
from aftersign.kernel.notices.registry import Said, label
from aftersign.kernel.notices.timing import news_since
from aftersign.kernel.org.models import Language, Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.org.remembering import remembering

LINES = 20
"""Lines of a digest; what is more stands behind its link."""
INBOX, FOLLOW = "notices", "notice-follow"
"""Names of the pages to which mails lead."""
HIDDEN, ENDED, READ = "no longer visible to the receiver", "ended before it was sent", "nothing left to tell"
_EMAIL = {"notice": "notices/mail", "digest": "notices/digest", "trial": "notices/trial"}


@dataclass(frozen=True)
class Line:
    """One object in a mail: why its receiver is told, and what there is to say."""

    notice: Notice
    said: Said

    @property
    def reason(self) -> str:
        """Why, in words."""
        return label(self.notice.reason)

    @property
    def heading(self) -> str:
        """Why, and what."""
        return _("%(reason)s: %(title)s") % {"reason": self.reason, "title": self.said.title}


@dataclass
class Content:
    """What a mail is about: notices of its receiver, and of a digest how many there are in all."""

    message: Message
    notices: list[Notice] = field(default_factory=list)
    total: int = 0


@remembering()
def letters_of(messages: Sequence[Message]) -> Mapping[UUID, EmailMultiAlternatives | str]:
    """Each message as a mail, or why it need not be sent any more; read together, in few queries."""
    contents = _contents(messages)
    shown = [(notice, (notice.unit, notice.unit_id)) for each in contents for notice in each.notices]
    seen = visible((notice.person, thing) for notice, thing in shown)
    found: dict[UUID, EmailMultiAlternatives | str] = {}
    for (language, years), mine in _by_manner(contents).items():
        with translation.override(language), eras.counting(years), timezone.override(company().time_zone):
            said = describe(thing for _notice, thing in shown)
            found |= {each.message.pk: _letter(each, said, seen) for each in mine}
    return found


def _by_manner(contents: Iterable[Content]) -> dict[tuple[str, str], list[Content]]:
    """The mails by their receivers' language and way of counting years."""
    found: dict[tuple[str, str], list[Content]] = {}
    for each in contents:
        receiver = each.message.person
        years = receiver.years if receiver.language == Language.ZH_HANT else ""
        found.setdefault((receiver.language, years), []).append(each)
    return found


def _contents(messages: Sequence[Message]) -> list[Content]:
    """What each message tells."""
    people = Person.objects.select_related("department").in_bulk({each.person_id for each in messages})
    held = Notice.objects.select_related("person__department")
    notices = held.in_bulk({each.notice_id for each in messages if each.notice_id})
    found = []
    for message in messages:
        message.person = people[message.person_id]
        if message.kind == MessageKind.DIGEST:
            found.append(_news(message))
        else:
            one = [notices[message.notice_id]] if message.notice_id else []
            found.append(Content(message, one, len(one)))
    return found


def _news(message: Message) -> Content:
    """What a digest lists: the most urgent first, then the latest."""
    since = message.since or message.made_at
    news = news_since(since).filter(person=message.person_id).select_related("person__department")
    return Content(message, list(news.order_by("-level", "-at")[:LINES]), news.count())


def _letter(
    content: Content, said: Mapping[Thing, Said], seen: set[tuple[UUID, Thing]]
) -> EmailMultiAlternatives | str:
    message, lines = content.message, []
    for notice in content.notices:
        thing = (notice.unit, notice.unit_id)
        if thing in said and (notice.person_id, thing) in seen:
            lines.append(Line(notice, said[thing]))
    if message.kind == MessageKind.NOTICE:
        if not lines:
            return HIDDEN
        return ENDED if lines[0].notice.ended_at else _written(message, _of_notice(message, lines[0]))
    if message.kind == MessageKind.DIGEST:
        return _written(message, _of_digest(content, lines)) if lines else READ
    return _written(message, {"subject": _("Mails from AfterSign arrive"), "link": _address(reverse(INBOX))})


def _of_notice(message: Message, line: Line) -> dict[str, Any]:
    notice, said = line.notice, line.said
    about = {"reason": line.reason, "title": said.title, "order": said.order}
    subject = _("%(reason)s: %(title)s · %(order)s") if said.order else _("%(reason)s: %(title)s")
    is_for = said.is_for(notice.person_id)
    return {
        "subject": subject % about,
        "line": line,
        "for_whom": notice.person.name if notice.person_id != message.person_id else "",
        "action": said.action if is_for and said.action else _("Open in AfterSign"),
        "link": _address(f"{reverse(FOLLOW, args=[notice.pk])}?mail={message.pk}"),
    }


def _of_digest(content: Content, lines: list[Line]) -> dict[str, Any]:
    size, head = chain_end()
    subject = _("%(number)s new notices") % {"number": content.total}
    more = max(0, content.total - len(lines))
    said = {"subject": subject, "lines": lines, "total": content.total, "more": more}
    return said | {"link": _address(reverse(INBOX)), "size": size, "head": head}


def _written(message: Message, said: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail itself; its Message-ID is that of every further attempt to send it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if message.notice_id:
        headers["References"] = f"<{message.notice_id}@{domain}>"
    context = {**said, "person": message.person, "company": company().name}
    template = _EMAIL[message.kind]
    letter = EmailMultiAlternatives(
        subject=" ".join(said["subject"].split()),
        body=render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[formataddr((message.person.name, message.address))],
        headers=headers,
    )
    letter.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return letter


def _address(path: str) -> str:
    return f"{settings.ADDRESS}{path}"
