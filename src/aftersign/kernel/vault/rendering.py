"""Makes a picture of one page of a file, as a process of its own: `python -m aftersign.kernel.vault.rendering`.

What strangers have sent is read nowhere else: a file that makes its reader fail, hang or grow ends this process alone.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

WIDTH = 1240
_MEMORY, _SECONDS, _PIXELS = 1 << 30, 20, 120_000_000


def main(source: str, suffix: str, number: str, target: str) -> None:
    """Write page `number` (from 1) of `source` as PNG to `target`; tells the number of pages as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    Image.MAX_IMAGE_PIXELS = _PIXELS
    picture, pages = (_of_document if suffix == ".pdf" else _of_picture)(Path(source), int(number) - 1)
    picture.convert("RGB").save(target, "PNG", optimize=False)
    sys.stdout.write(json.dumps({"pages": pages}))


def _of_document(source: Path, at: int) -> tuple[Image.Image, int]:
    document = pypdfium2.PdfDocument(source)
    page = document[at]
    return page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil(), len(document)


def _of_picture(source: Path, at: int) -> tuple[Image.Image, int]:
    picture = Image.open(source)
    picture.seek(at)
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((WIDTH, 4 * WIDTH))
    return upright, getattr(picture, "n_frames", 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
