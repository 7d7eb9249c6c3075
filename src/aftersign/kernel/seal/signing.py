"""A PDF sealed after the PAdES standard: the signature covers the whole file, and nothing may be changed after it.

Loading what signs takes a moment, so that only whoever seals imports this module.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from aftersign.kernel.seal.certificates import Certificate, PrivateKey
from aftersign.kernel.seal.faults import TIMESTAMP, NoSeal

FIELD = "Seal"
DIGEST = "sha256"
TURNS = 12
PATIENCE = 4
"""Seconds for which a timestamp service is waited for."""


class _SignerAt(PdfSigner):
    """A signer whose clock is that of the house."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sealed(
    pdf: bytes, certificate: Certificate, key: PrivateKey, *, at: datetime, reason: str, stamped_by: str = ""
) -> bytes:
    """A PDF with the company's signature at its end; `stamped_by` is the address of a timestamp service, if any.

    Raises `NoSeal` when the timestamp service gives none.
    """
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        name=certificate.subject,
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        tight_size_estimates=True,  # no empty room beside the signature, in which something could be changed unseen
    )

    def begun() -> PdfSigner:
        stamper = HTTPTimeStamper(stamped_by, timeout=PATIENCE) if stamped_by else None  # type: ignore[no-untyped-call]
        signer = _SignerAt(said, _signer(certificate, key), timestamper=stamper)
        signer.at = timezone.localtime(at)
        return signer

    try:
        with ThreadPoolExecutor(1) as apart:  # what signs runs a loop of its own, which no caller's may hold up
            return apart.submit(_signed, begun, pdf).result()
    except (TimestampRequestError, OSError) as error:
        raise NoSeal(TIMESTAMP, f"{stamped_by}: {error}") from None


def _signed(begun: Callable[[], PdfSigner], pdf: bytes) -> bytes:
    """The signed file; made anew when a signature of elliptic curves came out longer than the one that was measured.

    Each turn begins with a signer of its own: one that is kept remembers how short a timestamp it has measured.
    """
    for _turn in range(TURNS):
        try:
            return bytes(begun().sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())
        except SigningError as error:
            too_long = error
    raise too_long


def _signer(certificate: Certificate, key: PrivateKey) -> SimpleSigner:
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain = [x509.Certificate.load(each.public_bytes(serialization.Encoding.DER)) for each in certificate.chain]
    return SimpleSigner(
        signing_cert=chain[0],
        signing_key=keys.PrivateKeyInfo.load(key.private_bytes(*form)),
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )
