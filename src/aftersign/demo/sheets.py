"""Papers of the sample company: one page each, in Chinese, that any reader of PDF opens."""

from __future__ import annotations

from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>"
_GLYPHS = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 6 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
)
_METRICS = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F 4 0 R >> >> >>"


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """A page of A4 with a title and lines of text, in the font that readers of PDF bring along for Chinese."""
    text = [f"BT /F 20 Tf 72 760 Td <{_hex(title)}> Tj ET"]
    text += [f"BT /F 12 Tf 72 {720 - 22 * at} Td <{_hex(line)}> Tj ET" for at, line in enumerate(lines)]
    content = "\n".join(text).encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        _FONT,
        _GLYPHS,
        _METRICS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    """Objects with the table of where they stand."""
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + head + table + tail


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()
