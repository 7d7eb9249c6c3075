"""Chinese is punctuated as Chinese: full-width marks beside ideographs, whatever keyboard a sentence came from."""

import re

IDEOGRAPH = "\u4e00-\u9fff"
# Half-width marks and their full-width shapes; the code points are written out because the two look alike.
FULL_WIDTH = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}
OPENING, CLOSING = "\uff08", "\uff09"
MARK = re.compile(rf"(?<=[{IDEOGRAPH}])[,;:?!](?!//) ?|(?<=\S)[,;:?!](?=[{IDEOGRAPH}])")
BRACKETS = re.compile(rf"\([^()]*[{IDEOGRAPH}][^()]*\)|(?<=[{IDEOGRAPH}])\([^()]*\)|\([^()]*\)(?=[{IDEOGRAPH}])")
# What is no prose: placeholders, template tags, code, addresses of links, markup.
NO_PROSE = re.compile(r"%\(\w+\)[a-z]|\{[^{}]*\}|```.*?```|`[^`\n]*`|\]\([^)\s]*\)|<[^<>]*>", re.DOTALL)
KEPT = "\ue000"


def as_chinese(text: str) -> str:
    """The text with full-width marks where half-width ones stand beside ideographs."""
    kept = NO_PROSE.findall(text)
    prose = NO_PROSE.sub(KEPT, text)
    prose = MARK.sub(lambda found: FULL_WIDTH[found[0].strip()], prose)
    prose = BRACKETS.sub(lambda found: OPENING + found[0][1:-1] + CLOSING, prose)
    parts = prose.split(KEPT)
    return "".join(part + code for part, code in zip(parts, [*kept, ""], strict=True))


def first_difference(text: str) -> str:
    """The first few characters around a mark that should be full-width; an empty text when there is none."""
    for number, (is_now, should_be) in enumerate(zip(text, as_chinese(text), strict=False)):
        if is_now != should_be:
            return text[max(0, number - 6) : number + 6].replace("\n", " ")
    return ""
