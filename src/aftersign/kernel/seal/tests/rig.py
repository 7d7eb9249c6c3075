"""What tests of the seal stand on: a certificate made once, a small form, and readers who judge a sealed file."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from django.db import transaction
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from aftersign.demo.sheets import pdf
from aftersign.kernel.clock import frozen, new_id
from aftersign.kernel.org.models import COMPANY_ID
from aftersign.kernel.seal import certificates, forms, keeping, waiting
from aftersign.kernel.seal.models import ToSeal

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
COMPANY = "恒信科技有限公司"
PASSWORD = "of the file"
UNIT = ("company", str(COMPANY_ID))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of the company's own, valid from 2025 for ten years."""
    folder = tmp_path_factory.mktemp("certified")
    with pytest.MonkeyPatch.context() as patch, frozen(LONG_AGO):
        patch.setattr(certificates, "_folder", lambda: folder / "seal")
        certificates.make(COMPANY)
    return folder / "seal"


@pytest.fixture
def certified(made_once: Path, settings: Any, tmp_path: Path) -> Path:
    """The company has a certificate; answers with the folder in which it lies. Files are kept aside."""
    place = Path(settings.KEYS) / "seal"
    shutil.copytree(made_once, place)
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return place


@dataclass
class Desk:
    """A room with one kind of form: what it printed and stated, and what it does instead when a test says so."""

    form: forms.Form
    stated: list[forms.Made] = field(default_factory=list)
    stands: bool = True
    before_keeping: Callable[[], None] = lambda: None

    def ask(self) -> ToSeal:
        """Let a new fact ask for the form."""
        cause = new_id()
        waiting.let_stand(self.form.name, UNIT, order_id=None, cause=cause)
        return ToSeal.objects.get(cause=cause)

    def draw(self, asked: ToSeal, seal: str) -> forms.Drawn | None:
        """A sheet with the passage on the seal."""
        return forms.Drawn(pdf("Form", (seal,)), "T-0001", 1) if self.stands else None

    def keep(self, asked: ToSeal, made: forms.Made) -> bool:
        """State it, in one transaction."""
        self.before_keeping()
        with transaction.atomic():
            keeping.keep(self.form, asked, made)
            self.stated.append(made)
        return True


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The only room of which forms are sealed."""
    monkeypatch.setattr(forms, "_forms", {})
    room = Desk(None)  # type: ignore[arg-type]
    room.form = forms.Form("test.form", "Test form", "project_papers", room.draw, room.keep)
    forms.offer(room.form)
    return room


def is_sound(content: bytes, roots: list[x509.Certificate] | None = None) -> bool:
    """Whether the one signature of a file is intact and covers all of it; `roots` must vouch for it, if given."""
    with ThreadPoolExecutor(1) as apart:  # what looks runs a loop, and a browser test may have left one running here
        return apart.submit(_is_sound, content, roots).result()


def _is_sound(content: bytes, roots: list[x509.Certificate] | None) -> bool:
    try:
        found = PdfFileReader(io.BytesIO(content), strict=True).embedded_signatures
        if len(found) != 1:
            return False
        known = [asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in roots or []]
        trusted = ValidationContext(trust_roots=known or [found[0].signer_cert], allow_fetching=False)
        status = validate_pdf_signature(found[0], trusted)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, OSError):
        return False
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.intact and status.valid and whole and (status.trusted or not roots))


def pdfsig(content: bytes, folder: Path) -> str:
    """What poppler says of the signatures of a file, the names in it as they stand there, damaged or not."""
    path = folder / "looked-at.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfsig", str(path)], capture_output=True, check=False)
    return (done.stdout + done.stderr).decode(errors="replace")


@dataclass(frozen=True)
class Authority:
    """An authority with one further issuer below it, which issues certificates to companies."""

    root: x509.Certificate
    issuing: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def bundle(
        self, *, days: int = 365, begin: datetime | None = None, usage: bool = True, other_key: bool = False
    ) -> bytes:
        """A certificate for the company with its key and chain, as PKCS#12."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = _issued("恒信科技（CA）", self.issuing.subject, key, self.key, begin or LONG_AGO, days, usage=usage)
        own = ec.generate_private_key(ec.SECP256R1()) if other_key else key
        locked = BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(b"seal", own, issued, [self.root, self.issuing], locked)


@pytest.fixture(scope="session")
def authority() -> Authority:
    """An authority of which nobody has heard."""
    key, below = (ec.generate_private_key(ec.SECP256R1()) for _each in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Root")])
    root = _issued("Test Root", name, key, key, LONG_AGO, 36500, ca=True)
    issuing = _issued("Test Issuing", root.subject, below, key, LONG_AGO, 36500, ca=True)
    return Authority(root, issuing, below)


def _issued(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    begin: datetime,
    days: int,
    *,
    ca: bool = False,
    usage: bool = True,
) -> x509.Certificate:
    allowed = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    may = x509.KeyUsage(
        digital_signature=usage and not ca,
        content_commitment=usage and not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        **(allowed if usage else allowed | {"key_agreement": True}),
    )
    builder = x509.CertificateBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
    builder = builder.issuer_name(issuer).public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(begin).not_valid_after(begin + timedelta(days=days))
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    return builder.add_extension(may, critical=True).sign(by, hashes.SHA256())
