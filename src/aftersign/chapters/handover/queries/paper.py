"""Which version a paper shows: by the code printed on it, or by the address in its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from aftersign.chapters.handover.models import FormVersion, HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.print.codes import LENGTH, bare, verification_code
from aftersign.orders.unit import visible_orders

_ADDRESS = re.compile(r"/orders/(?P<order>[^/?#]+)/handover/versions/(?P<number>[0-9]{1,6})/check/")


def code_on(codes: Iterable[str], addresses: Iterable[str]) -> str:
    """Of what was read from a paper, the code of a version; one that belongs to none where there is no other."""
    for address in addresses:
        if place := _ADDRESS.search(address):
            found = FormVersion.objects.filter(order__number=place["order"], number=place["number"]).first()
            if found is not None:
                return found.check_value[:LENGTH]
    read = [bare(code) for code in codes]
    return next((code for code in read if version_of(code)), read[0] if read else "")


def version_of(code: str) -> FormVersion | None:
    """The version on whose paper a code stands, with its handover and order."""
    short = bare(code)
    if len(short) < LENGTH:
        return None
    rows = FormVersion.objects.select_related("handover", "order")
    return rows.filter(check_value__startswith=short[:LENGTH]).first()


def other_paper(actor: Actor, copy: HandoverCopy, code: str) -> str:
    """What a paper is, where it is not the version that a copy holds; nothing where it is. Two queries at most."""
    found = version_of(code)
    if found is not None and found.pk == copy.form_id:
        return ""
    if found is None:
        return _("No form has the code %(code)s. Compare it with the paper.") % {"code": verification_code(bare(code))}
    said = {"number": found.handover.number, "version": found.number, "order": found.order.number}
    if found.handover_id == copy.handover_id:
        sentence = _("This paper shows version %(version)s; version %(held)s is the one to be signed.")
        return sentence % (said | {"held": copy.form.number})
    if visible_orders(actor).filter(pk=found.order_id).exists():
        sentence = _("This paper shows %(number)s, version %(version)s, of the order %(order)s, not this copy.")
        return sentence % said
    return _("This paper shows the form of another order.")
