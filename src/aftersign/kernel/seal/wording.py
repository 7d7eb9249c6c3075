"""What a sealed form says of its seal, so that whoever holds the file knows what it proves and how to see it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.kernel.seal.certificates import Certificate

GROUP = 4


def words_of(certificate: Certificate) -> str:
    """A passage for the form itself."""
    said = {"name": certificate.subject, "issuer": certificate.issuer, "fingerprint": grouped(certificate.fingerprint)}
    if certificate.is_own:
        whose = _(
            "This file is sealed with the company's own certificate (%(name)s): a PDF reader finds the signature valid "
            "and the issuer unknown. Compare the fingerprint with the one that the company gives you."
        )
    else:
        whose = _("This file is sealed with the certificate of %(name)s, issued by %(issuer)s.")
    change = _("The signature covers the whole file; whatever is changed afterwards makes it invalid.")
    return "\n".join((whose % said, change, _("Certificate, SHA-256: %(fingerprint)s") % said))


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups, so that two can be compared by eye."""
    said = fingerprint.upper()
    return " ".join(said[at : at + GROUP] for at in range(0, len(said), GROUP))
