"""Three languages: one translation a sentence, each in its own script, and no text that escapes it."""

import ast
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import opencc

from .catalogues import catalogues, entries
from .house import File, House

HAN = re.compile("[\u4e00-\u9fff]")
NO_WORDS = re.compile(r"`[^`]*`|%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]*>|&\w+;|https?:\S+|\b[A-Z]+_[A-Z_]+\b")
LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")
# Names and units that are the same in every language; whoever adds one says a name, not a word that has a translation.
NAMES = frozenset(
    [
        "AfterSign",
        "Authenticator",
        "Google",
        "Microsoft",
        "qwerty",
        "woaini",
        "API",
        "Authorization",
        "Bearer",
        "Ctrl",
        "Cmd",
        "Enter",
        "Esc",
        "CSV",
        "ETag",
        "Excel",
        "HTML",
        "HTTPS",
        "ID",
        "Idempotency-Key",
        "If-Match",
        "IP",
        "JSON",
        "MB",
        "GB",
        "KB",
        "NUL",
        "OFD",
        "OK",
        "PAdES",
        "PDF",
        "PIN",
        "PowerPoint",
        "QR",
        "SHA",
        "SMTP",
        "TOKEN",
        "TOTP",
        "URL",
        "UTC",
        "Word",
        "XLSX",
        "DOCX",
        "ZIP",
        "zip",
        "md",
        "toml",
        "after",
        "v",
        "txt",
        "csv",
        "xlsx",
        "mail",
        "MES",
        "ERP",
        "WeCom",
        "PKCS",
    ]
)
# Written alike in both scripts, or as the policy writes them in traditional characters.
ALSO_TRADITIONAL = frozenset("准台里岩干周后面只系范余云制于秘群游")
GLOSSARY = {
    "Duty": ("义务", "義務"),
    "Duties": ("义务", "義務"),
    "Clause": ("条款", "條款"),
    "Evidence": ("证据", "證據"),
    "Owner": ("责任人", "責任人"),
    "Deputy": ("代理人", "代理人"),
    "My work": ("我的工作", "我的工作"),
    "Order": ("订单", "訂單"),
    "Orders": ("订单", "訂單"),
    "Customer": ("客户", "客戶"),
    "Stage": ("阶段", "階段"),
    "Grade": ("等级", "等級"),
    "Escalation": ("升级", "升級"),
    "Original contract": ("合同原件", "合同原件"),
    "Completed late": ("逾期后补", "逾期後補"),
}
TRANSLATING = frozenset(["_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"])
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?\{%-?\s*endblocktrans(?:late)?\s*-?%\}|\{%-?\s*comment\b.*?\{%-?\s*endcomment\s*-?%\}",
    re.DOTALL,
)
SAID = frozenset({"title", "aria-label", "placeholder", "alt", "data-l"})
SILENT = frozenset({"code", "kbd", "pre", "samp", "svg", "script", "style"})
SAMPLES = frozenset({"tests", "samples"})
WORD = re.compile(r"[^\W\d_]{2,}")
GLUED = re.compile(r"\{%-?\s*translate\b(?:(?! as )[^%])*?-?%\}[^\s<{\"]*\{%-?\s*translate\b(?:(?! as )[^%])*?%\}")


@cache
def converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    """To traditional and to simplified characters."""
    return opencc.OpenCC("s2t"), opencc.OpenCC("t2s")


def of_the_other_script(text: str, language: str) -> str:
    """The characters of a text that are written so only in the other script."""
    return "".join(each for each in text if _is_of_the_other_script(each, language))


@cache
def _is_of_the_other_script(sign: str, language: str) -> bool:
    if not HAN.match(sign):
        return False
    traditional, simplified = converters()
    if language == "zh_Hans":
        return simplified.convert(sign) != sign
    return traditional.convert(sign) != sign and sign not in ALSO_TRADITIONAL


def missing(house: House) -> Iterator[str]:
    """Sentences that a Chinese catalogue lacks."""
    for path, _language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            if not all(translations):
                yield f"{path}:{entry.linenum}: not translated: {entry.msgid}"


def two_translations(house: House) -> Iterator[str]:
    """A sentence that two apps translate differently: pages would show whichever app comes first."""
    known: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for path, language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            known[language, entry.msgctxt or "", entry.msgid].setdefault(translations[0], f"{path}:{entry.linenum}")
    for (_language, _context, sentence), said in known.items():
        if len(said) > 1:
            places = "; ".join(f"{text} ({where})" for text, where in said.items())
            yield f"{sentence!r} has {len(said)} translations, give one of them a context: {places}"


def foreign_script(house: House) -> Iterator[str]:
    """Simplified characters among traditional ones, and the other way round."""
    for path, language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            for text in translations:
                if found := of_the_other_script(text, language):
                    yield f"{path}:{entry.linenum}: {found} is of the other script: {text}"


def foreign_words(house: House) -> Iterator[str]:
    """English words that were left in a Chinese sentence."""
    for path, _language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            for text in translations:
                if left := set(LATIN.findall(NO_WORDS.sub(" ", text))) - NAMES - {"SHA-"}:
                    yield f"{path}:{entry.linenum}: {', '.join(sorted(left))} in: {text}"


def against_the_glossary(house: House) -> Iterator[str]:
    """Terms of the glossary that are called otherwise."""
    for path, language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            wanted = GLOSSARY.get(entry.msgid)
            if wanted and not entry.msgctxt and translations[0] != wanted[language == "zh_Hant"]:
                yield f"{path}:{entry.linenum}: {entry.msgid} is {wanted[language == 'zh_Hant']}, not {translations[0]}"


def glued_strings(house: House) -> Iterator[str]:
    """Sentences put together from translated pieces: word order differs, so a sentence has placeholders."""
    for module in house.code:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                sides = (node.left, node.right)
                if any(map(_is_word, sides)) and all(map(_is_text, sides)):
                    yield f"{module.path}:{node.lineno}: a sentence glued from pieces; use placeholders"
    for template in house.templates:
        for found in GLUED.finditer(template.text):
            yield f"{template.at(found.start())}: two sentences glued together; say them as one"


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING


def _is_text(node: ast.AST) -> bool:
    return _is_word(node) or isinstance(node, ast.JoinedStr | ast.Constant)


class _Texts(HTMLParser):
    """What a template says without translation: texts and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent, self._in_own_language = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self._in_own_language = "lang" in dict(attrs)
        for name, value in attrs:
            if name in SAID and value and says_words(value):
                self.found.append((self.getpos()[0], value))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        self._in_own_language = False

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._in_own_language and says_words(data):
            self.found.append((self.getpos()[0], data.strip()))


def says_words(text: str) -> bool:
    """Whether a text has a word of a language, apart from names."""
    return any(unicodedata.category(each[0])[0] == "L" and each not in NAMES for each in WORD.findall(text))


def untranslated_text(house: House) -> Iterator[str]:
    """Words in templates that stand outside of `translate`."""
    for template in house.templates:
        if template.path.suffix == ".html" and not SAMPLES & {*template.path.parts}:
            yield from untranslated(template)


def untranslated(template: File) -> Iterator[str]:
    """The same for one template."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    texts = _Texts()
    texts.feed(TEMPLATE_CODE.sub(blank, TRANSLATED.sub(blank, template.text)))
    for line, text in texts.found:
        yield f"{template.path}:{line}: not translated: {text[:60]}"


RULES = (
    missing,
    two_translations,
    foreign_script,
    foreign_words,
    against_the_glossary,
    glued_strings,
    untranslated_text,
)
