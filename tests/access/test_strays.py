"""In a company where everything has happened: no file that is named is swept, what a refused act took in is."""

from __future__ import annotations

import os
import time

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.urls import reverse

from aftersign.kernel.journal.proof import files
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.vault import places, strays
from tests.access.stage import Stage
from tests.access.test_routes import DONE, enter
from tests.access.visits import SENT


def age_all() -> set[str]:
    """Let every file have been taken in two days ago; their digests."""
    at, found = time.time() - 2 * places.A_DAY, {each.sha256 for each in places.lying()}
    for digest in found:
        os.utime(places.path_of(places.place_of(digest)), (at, at))
    return found


def test_every_file_that_a_row_of_any_table_names_stays(stage: Stage) -> None:
    order = stage.sides["own"].fresh
    sent = SENT["handover:original"](stage.sides["own"])
    assert enter("records").post(reverse("handover:original", args=[order.number]), sent).status_code in DONE
    named = {
        f"{model.__name__}.{field.name}": {str(each) for each in model._base_manager.values_list(field.name, flat=True)}
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, FileField)
    }
    assert all(each - {""} for each in named.values()), f"the stage has no file of some table: {named}"
    age_all()
    strays.sweep()
    kept = {places.place_of(each.sha256) for each in places.lying()}
    assert {place for each in named.values() for place in each if place} <= kept
    report = Report()
    files.look(report, ())
    assert not report.problems


def test_a_refused_act_leaves_no_file_behind(stage: Stage) -> None:
    age_all()
    strays.sweep()
    before = age_all()
    order = stage.sides["own"].accepted
    upload = SimpleUploadedFile("验收单.pdf", b"%PDF-1.7 of a refused act")
    client = enter("seller")
    said = {"accepted_by": "高珊", "accepted_on": "never", "_version": str(order.version), "acceptance": upload}
    refused = client.post(reverse("orders:complete", args=[order.number]), said)
    assert refused.status_code == 422
    (taken,) = age_all() - before
    token = refused.content.decode().split('name="token" value="')[1].split('"')[0]
    assert strays.sweep() == 1
    assert age_all() == before
    late = said | {"accepted_on": "2026-09-07", "token": token}
    late.pop("acceptance")
    answer = client.post(reverse("orders:complete", args=[order.number]), late)
    assert answer.status_code == 422, "no fact without its file"
    assert taken not in age_all()
