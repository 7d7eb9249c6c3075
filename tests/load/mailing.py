"""How long ten thousand mails take to a mail server on loopback, on the database of this environment.

    AFTERSIGN_HOME=HOME python -m tests.load.mailing [N]

The home holds the sample company (`aftersign demo --no-serve`). Its own notices are told by mail N times over: each is
described, asked for rights, written in two forms in the receiver's language, handed to the server and noted as sent.
Reported for people, asserted nowhere; what is asserted is that each came exactly once. The mails are deleted again.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import cycle, islice

from aftersign.cli.company import start

start()

from django.conf import settings  # noqa: E402 (the settings are loaded first)

from aftersign.kernel.clock import now  # noqa: E402
from aftersign.kernel.notices.mailing import send_waiting  # noqa: E402
from aftersign.kernel.notices.models import Message, MessageState, Notice  # noqa: E402
from tests.load.measuring import machine  # noqa: E402
from tests.sink import sink  # noqa: E402

MARK = "load:"


def fill(number: int) -> None:
    """So many mails about what the sample company's people were told."""
    told = Notice.objects.filter(ended_at=None, person__left_on=None, unit__in=("duty", "handover_copy"))
    notices = list(told.select_related("person"))
    moment = now()
    made = (
        Message(
            person=notice.person,
            notice=notice,
            key=f"{MARK}{place}",
            address=f"{notice.person.account}@example.com",
            made_at=moment,
            not_before=moment,
        )
        for place, notice in enumerate(islice(cycle(notices), number))
    )
    Message.objects.bulk_create(made, batch_size=1000)


def main(number: int = 10_000) -> None:
    """Fill, send, count, and clear away."""
    mine = Message.objects.filter(key__startswith=MARK)
    mine.delete()
    fill(number)
    settings.MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
    with sink() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        wall, cpu = time.perf_counter(), time.process_time()
        send_waiting(number)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        sent = mine.filter(state=MessageState.SENT).count()
        assert (sent, len(box.ids), len(set(box.ids))) == (number, number, number)
        said = {"mails": number, "seconds": round(wall, 1), "a_second": round(number / wall), "cpu": round(cpu, 1)}
        document = {"machine": machine(), **said, "connections": box.connections}
        sys.stdout.write(f"{json.dumps(document)}\n")
    mine.delete()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
