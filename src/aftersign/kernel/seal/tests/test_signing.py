"""A sealed file: readers find it sound, whoever made it, and no longer so after a single byte has changed."""

from __future__ import annotations

import io
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from aftersign.demo.sheets import pdf
from aftersign.kernel.clock import frozen
from aftersign.kernel.seal import certificates
from aftersign.kernel.seal.faults import TIMESTAMP, NoSeal
from aftersign.kernel.seal.signing import sealed
from aftersign.kernel.seal.tests.rig import PASSWORD, Authority, is_sound, pdfsig

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
FLIPS = 25


def seal(**how: str) -> bytes:
    """A small form, sealed with what seals now."""
    certificate, key = certificates.ready(AT)
    return sealed(pdf("Form", ("Everything as agreed.",)), certificate, key, at=AT, reason="Sealed", **how)


def is_stamped(content: bytes) -> bool:
    """Whether the signature of a file carries a timestamp of somebody else."""
    unsigned = PdfFileReader(io.BytesIO(content)).embedded_signatures[0].signer_info["unsigned_attrs"]
    return any(each["type"].native == "signature_time_stamp_token" for each in unsigned)


def flipped(content: bytes, seed: int) -> Iterator[bytes]:
    """The file with one byte flipped, each time in another place."""
    chance = random.Random(seed)
    for _time in range(FLIPS):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= 0xFF
        yield bytes(changed)


def test_the_one_signature_covers_the_whole_file(certified: Path) -> None:
    content = seal()
    assert is_sound(content)
    assert not is_sound(content + b"\n% more")
    found = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.self_reported_timestamp == AT
    assert not is_stamped(content)


def test_no_flipped_byte_passes(certified: Path) -> None:
    content = seal()
    passed = [each for each in flipped(content, 7) if is_sound(each)]
    assert not passed


@pytest.mark.pdfsig
def test_a_foreign_reader_finds_it_valid_and_no_longer_after_a_flipped_byte(certified: Path, tmp_path: Path) -> None:
    content = seal()
    said = pdfsig(content, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Certificate issuer" in said
    for each in flipped(content, 11):
        said = pdfsig(each, tmp_path)
        assert "Signature is Valid." not in said or "Total document signed" not in said


@pytest.mark.pdfsig
def test_an_authoritys_certificate_passes_with_its_chain(certified: Path, authority: Authority, tmp_path: Path) -> None:
    with frozen(AT):
        certificates.take_in(authority.bundle(days=36500), PASSWORD)
    content = seal()
    assert is_sound(content, [authority.root])
    assert not is_sound(content, [certificates.kept()[0].chain[0]])
    assert "Signature is Valid." in pdfsig(content, tmp_path)


def test_an_earlier_seal_stays_checkable_after_another_certificate_came(certified: Path, authority: Authority) -> None:
    before = seal()
    with frozen(AT):
        certificates.take_in(authority.bundle(days=36500), PASSWORD)
    assert is_sound(before, [certificates.kept()[0].chain[0]])


def test_it_takes_less_than_three_seconds(certified: Path) -> None:
    seal()
    began = time.process_time()
    seal()
    assert time.process_time() - began < 3


class _Stamps(BaseHTTPRequestHandler):
    """A timestamp service that stamps everything."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(certified: Path) -> Iterator[str]:
    """The address of a timestamp service, which seals with the company's own certificate."""
    certificate, key = certificates.ready(AT)
    own = x509.Certificate.load(certificate.chain[0].public_bytes(serialization.Encoding.DER))
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _Stamps.stamper = DummyTimeStamper(own, keys.PrivateKeyInfo.load(key.private_bytes(*form)))
    server = HTTPServer(("127.0.0.1", 0), _Stamps)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_timestamp_is_put_in_where_a_service_is_named(service: str) -> None:
    assert is_stamped(seal(stamped_by=service))


def test_a_timestamp_service_that_does_not_answer_is_said(certified: Path) -> None:
    with pytest.raises(NoSeal) as refused:
        seal(stamped_by="http://127.0.0.1:9/")
    assert refused.value.fault == TIMESTAMP
