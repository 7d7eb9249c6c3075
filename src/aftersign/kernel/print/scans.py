"""Reads codes from scanned papers, as a process of its own: `python -m aftersign.kernel.print.scans`.

What strangers have sent is read nowhere else: a file that makes its reader fail, hang or grow ends this process alone.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

MOST_PAGES = 20
_MEMORY, _SECONDS, _PIXELS, _SCALE = 1 << 30, 20, 120_000_000, 200 / 72
_CODE = re.compile(r"(?<![0-9A-F-])[0-9A-F]{4}(?:-[0-9A-F]{4}){3}(?![0-9A-F-])")


def main(source: str, suffix: str) -> None:
    """Tell, as JSON, the verification codes in the text of `source` and what its QR codes say, page by page."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    Image.MAX_IMAGE_PIXELS = _PIXELS
    codes, pictures = dict[str, None](), dict[str, None]()
    for text, picture in (_of_document if suffix == ".pdf" else _of_picture)(Path(source)):
        codes.update(dict.fromkeys(_CODE.findall(text)))
        pictures.update(dict.fromkeys(each.text for each in zxingcpp.read_barcodes(picture)))
    sys.stdout.write(json.dumps({"codes": list(codes), "pictures": list(pictures)}))


def _of_document(source: Path) -> Iterator[tuple[str, Image.Image]]:
    document = pypdfium2.PdfDocument(source)
    for at in range(min(len(document), MOST_PAGES)):
        page = document[at]
        yield page.get_textpage().get_text_bounded(), page.render(scale=_SCALE).to_pil()


def _of_picture(source: Path) -> Iterator[tuple[str, Image.Image]]:
    picture = Image.open(source)
    for at in range(min(getattr(picture, "n_frames", 1), MOST_PAGES)):
        picture.seek(at)
        yield "", ImageOps.exif_transpose(picture).convert("L")


if __name__ == "__main__":
    main(*sys.argv[1:])
