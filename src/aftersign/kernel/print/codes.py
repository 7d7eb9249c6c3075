"""The code on a printed form: short enough to be typed, and as a picture that leads to the record."""

from __future__ import annotations

import io

import segno

LENGTH, GROUP = 16, 4


def verification_code(check_value: str) -> str:
    """The beginning of a check value in groups: with it a paper is matched with the record that it shows."""
    short = check_value[:LENGTH].upper()
    return "-".join(short[at : at + GROUP] for at in range(0, len(short), GROUP))


def picture(address: str) -> str:
    """An address as a QR code, in SVG."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", xmldecl=False, border=0)
    return written.getvalue().decode()
