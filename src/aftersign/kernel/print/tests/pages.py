"""What stands on the pages of a PDF, as whoever searches in it finds it."""

import re

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def plain(pdf: bytes) -> str:
    """The text of all pages without any white space: where a cell breaks its line does not matter."""
    return re.sub(r"\s+", "", "".join(pages_of(pdf)))
