"""Reads the text out of one file, as a process of its own: `python -m aftersign.kernel.search.extracting`.

What strangers have sent is read nowhere else: a file that makes its reader fail, hang or grow ends this process alone.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2

LONGEST, MOST_PAGES = 200_000, 500
_MEMORY, _SECONDS = 1 << 30, 15


def main(source: str, suffix: str) -> None:
    """Write the text of `source` to standard output, as much of it as is indexed."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    left = LONGEST
    for piece in (_of_pdf if suffix == ".pdf" else _of_docx)(Path(source)):
        sys.stdout.buffer.write(piece[:left].encode("utf-8", "replace") + b"\n")
        left -= len(piece)
        if left <= 0:
            return


def _of_pdf(source: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(source)
    for number in range(min(len(document), MOST_PAGES)):
        yield str(document[number].get_textpage().get_text_range())


def _of_docx(source: Path) -> Iterator[str]:
    document = docx.Document(str(source))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (" ".join(cell.text for cell in row.cells) for row in table.rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
