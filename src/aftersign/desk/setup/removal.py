"""The sample company is removed with everything around it: the database is emptied and founded anew, in one step."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from aftersign.desk.setup import founding
from aftersign.desk.setup.founding import Administrator
from aftersign.desk.setup.stock import Stock, stock
from aftersign.kernel.access import append_only, audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Tail
from aftersign.kernel.journal.proof import taking
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.queries import company
from aftersign.kernel.org.remembering import anew
from aftersign.kernel.search import storage as words
from aftersign.kernel.search.models import Entry as Found
from aftersign.policy.editions import store

KEPT = (ContentType, Permission)
"""Tables that tell of the program and not of the company."""
SUBJECT = "sample company removed"
_log = logging.getLogger(__name__)


def remove(*, with_others: bool, password: str = "") -> tuple[Stock, Administrator]:
    """Put an empty company in the place of the sample company; answers with what is gone and who keeps the new one.

    Either all of it happens or nothing. `with_others` is that also goes what others than the sample people did.
    Raises `Refused` in any other database, and where something would be lost that nobody has agreed to.
    """
    with anew():
        aside: list[tuple[Path, Path]] = []
        try:
            with transaction.atomic():
                lost = _refuse_unless_sample(with_others)
                _empty()
                list(founding.found(founding.UNNAMED))
                who = founding.administrator(company(), password)
                audit.note(Event.SETTINGS_CHANGED, subject=SUBJECT)
                aside += _put_aside()
        except BaseException:
            for place, away in reversed(aside):
                away.replace(place)
            raise
        for folder in {away.parent for _place, away in aside}:
            shutil.rmtree(folder, ignore_errors=True)
        store.forget()
        cache.clear()
        founding.certificate(company())
        try:
            taking.take()
        except NoCheckpoint as why:  # the worker tries again every few minutes, and says so where people look
            _log.warning("the new company has no checkpoint yet: %s", why)
    return lost, who


def _refuse_unless_sample(with_others: bool) -> Stock:
    """What is about to be lost, read under the company's lock."""
    Company.objects.select_for_update().first()
    found = stock()
    if found is None:
        raise Refused.because(_("This is not the sample company; nothing here is removed."))
    if found.is_foreign and not with_others:
        sentence = _("People or orders that are not of the sample company would be lost as well; say that they may go.")
        raise Refused.because(sentence, missing=("with_others",))
    if outside := [each for each in map(Path, settings.CHECKPOINTS) if not each.is_relative_to(settings.HOME)]:
        sentence = _("Checkpoints lie outside of this installation, in %(place)s, and contradict an empty journal.")
        raise Refused.because(sentence % {"place": outside[0]})
    return found


def _empty() -> None:
    """Every table without its rows; what refuses that is lifted for as long, and is back before anybody reads."""
    connection.check_constraints()  # PostgreSQL empties no table of which something is still to be checked
    words.remove(Found.objects.all())
    kept = {model._meta.db_table for model in KEPT}
    tables = [each for each in connection.introspection.django_table_names(only_existing=True) if each not in kept]
    append_only.remove()
    with triggers.lifted(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True):
            cursor.execute(statement)
    append_only.install()
    Tail.objects.create(pk=1)


def _put_aside() -> list[tuple[Path, Path]]:
    """Files, keys and checkpoints of the company out of the way, as the last thing before all of it counts."""
    home = Path(settings.HOME)
    away = Path(mkdtemp(prefix=".removed-", dir=home))
    moved: list[tuple[Path, Path]] = []
    for place in (Path(default_storage.path("")), Path(settings.KEYS), *map(Path, settings.CHECKPOINTS)):
        if place.is_dir():
            target = away / f"{len(moved)}"
            place.replace(target)
            moved.append((place, target))
    return moved
