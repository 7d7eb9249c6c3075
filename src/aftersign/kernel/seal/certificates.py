"""The company's certificates with their keys: files beside the journal's keys, the newest seals, the others stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from aftersign.kernel.clock import now
from aftersign.kernel.journal.proof.keys import write_new
from aftersign.kernel.seal.faults import KEY_MISSING, KEY_UNREADABLE, NO_CERTIFICATE, NOT_VALID, NoSeal

YEARS = 10
BITS = 3072
LEAST_BITS = 2048
LONGEST_NAME = 64
"""How many characters of a name a certificate takes, and how many bytes of the common name beside it."""
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NoCertificate(Exception):
    """A file that brings no certificate with which forms could be sealed; the text says why."""


@dataclass(frozen=True)
class Certificate:
    """A certificate of the company: its place in the row, its file, and the chain from it to its issuers."""

    number: int
    path: Path
    chain: tuple[x509.Certificate, ...]

    @property
    def key_path(self) -> Path:
        """The file of its key."""
        return self.path.with_suffix(".key")

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, in hex."""
        return self.chain[0].fingerprint(hashes.SHA256()).hex()

    @property
    def subject(self) -> str:
        """Whose certificate it is."""
        return name_of(self.chain[0].subject)

    @property
    def issuer(self) -> str:
        """Who issued it, nothing for one that the company made itself."""
        return "" if self.is_own else name_of(self.chain[0].issuer)

    @property
    def is_own(self) -> bool:
        """Whether the company itself is the issuer, so that nobody outside vouches for it."""
        return self.chain[0].issuer == self.chain[0].subject

    @property
    def not_before(self) -> datetime:
        """From when it is valid."""
        return self.chain[0].not_valid_before_utc

    @property
    def not_after(self) -> datetime:
        """Until when it is valid."""
        return self.chain[0].not_valid_after_utc

    def is_valid(self, at: datetime) -> bool:
        """Whether it is valid at a moment."""
        return self.not_before <= at <= self.not_after


def name_of(name: x509.Name) -> str:
    """What a certificate calls somebody: the common name, else the organisation, else all of it."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(oid):
            return str(found[0].value)
    return name.rfc4514_string()


def kept() -> list[Certificate]:
    """All certificates of this installation, the first first; raises `NoSeal` for a file that is none."""
    return [_read(path) for path in sorted(_folder().glob("[0-9]*.pem"))]


def current() -> Certificate:
    """The certificate that seals now; raises `NoSeal` when there is none."""
    paths = sorted(_folder().glob("[0-9]*.pem"))
    if not paths:
        raise NoSeal(NO_CERTIFICATE, str(_folder()))
    return _read(paths[-1])


def key_of(certificate: Certificate) -> PrivateKey:
    """The key of a certificate; raises `NoSeal` when its file is not there, cannot be read, or is another key."""
    path = certificate.key_path
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        raise NoSeal(KEY_MISSING, str(path)) from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoSeal(KEY_UNREADABLE, f"{path}: {error}") from None
    if not isinstance(key, PrivateKey) or not _belongs(key, certificate.chain[0]):
        raise NoSeal(KEY_UNREADABLE, f"{path} is not the key of {certificate.path.name}")
    return key


def ready(at: datetime) -> tuple[Certificate, PrivateKey]:
    """The certificate that seals at a moment, with its key; raises `NoSeal` when it is not valid then."""
    certificate = current()
    key = key_of(certificate)
    if not certificate.is_valid(at):
        raise NoSeal(NOT_VALID, f"{certificate.not_before:%Y-%m-%d} – {certificate.not_after:%Y-%m-%d}")
    return certificate, key


def first(name: str) -> bool:
    """The company's first certificate, unless there are some; answers whether it was made."""
    if any(_folder().glob("[0-9]*.pem")):
        return False
    make(name)
    return True


def make(name: str) -> Certificate:
    """A certificate that the company issues to itself, valid from now for ten years; it seals from now on."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    begin = now().replace(microsecond=0)
    named = _named(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin - timedelta(minutes=5))
        .not_valid_after(begin + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _keep(key, (made,))


def take_in(content: bytes, password: str) -> Certificate:
    """Seal from now on with the certificate of a PKCS#12 file; raises `NoCertificate` and keeps nothing of it."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NoCertificate(f"it is no PKCS#12 file, or the password is another: {error}") from None
    if certificate is None or key is None:
        raise NoCertificate("it holds no certificate together with its key")
    if not isinstance(key, PrivateKey) or (isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_BITS):
        raise NoCertificate(f"its key is neither RSA of {LEAST_BITS} bits or more nor an elliptic curve that PDF knows")
    if not _belongs(key, certificate):
        raise NoCertificate("its key belongs to another certificate")
    if not certificate.not_valid_before_utc <= now() <= certificate.not_valid_after_utc:
        raise NoCertificate(f"it is valid until {certificate.not_valid_after_utc:%Y-%m-%d} only, or not yet")
    if not _may_sign(certificate):
        raise NoCertificate("its issuer does not allow it to sign documents")
    return _keep(key, _chain(certificate, others))


def _named(name: str) -> x509.Name:
    """A company as a certificate names it; a long name is no common name."""
    said = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:LONGEST_NAME])]
    if len(name.encode()) <= LONGEST_NAME:
        said.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
    return x509.Name(said)


def _chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The certificate and those who issued it, one above the other, as far as the file brings them."""
    line, left = [certificate], list(others)
    while line[-1].issuer != line[-1].subject:
        above = next((each for each in left if _issued(each, line[-1])), None)
        if above is None:
            break
        left.remove(above)
        line.append(above)
    return tuple(line)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _belongs(key: PrivateKey, certificate: x509.Certificate) -> bool:
    return _plain(key.public_key()) == _plain(certificate.public_key())


def _plain(key: object) -> bytes:
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key.public_bytes(*form)  # type: ignore[attr-defined, no-any-return]


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(key: PrivateKey, chain: tuple[x509.Certificate, ...]) -> Certificate:
    """Keep a certificate with its key. It seals once its own file is there, which is written last."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = sorted(folder.glob("[0-9]*.pem"))
    number = int(known[-1].name.partition("-")[0]) + 1 if known else 1
    path = folder / f"{number:04d}-{chain[0].fingerprint(hashes.SHA256()).hex()[:16]}.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_new(path.with_suffix(".key"), pem, 0o600)
    write_new(path, b"".join(each.public_bytes(serialization.Encoding.PEM) for each in chain), 0o644)
    return Certificate(number, path, chain)


def _read(path: Path) -> Certificate:
    try:
        chain = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoSeal(KEY_UNREADABLE, f"{path}: {error}") from None
    return Certificate(int(path.name.partition("-")[0]), path, tuple(chain))


def _folder() -> Path:
    return Path(settings.KEYS) / "seal"
