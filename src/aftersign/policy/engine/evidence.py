"""What a closing fact must carry as evidence: keys of its payload, and an entry for each word of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.policy.engine.names import COMMITMENT
from aftersign.policy.rulebook import FactKind, Term


@dataclass(frozen=True, slots=True)
class Asked:
    """The evidence that all terms together ask of one kind of fact; `entries` are a key and the words it answers."""

    keys: tuple[str, ...]
    entries: tuple[tuple[str, tuple[str, ...]], ...]
    by_term: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...]

    def is_given(self, payload: Mapping[str, Any]) -> bool:
        """Whether nothing is lacking. No, zero and an empty table are answers; an empty text is none."""
        for key in self.keys:
            value = payload.get(key)
            if value is None or value == "":
                return False
        return all(not _words_lacking(payload.get(key), words) for key, words in self.entries)

    def lacking(self, payload: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The terms and the keys or words of what is lacking."""
        found: list[tuple[str, str]] = []
        for term, keys, key, words in self.by_term:
            found += [(term, each) for each in keys if payload.get(each) in (None, "")]
            found += [(term, each) for each in _words_lacking(payload.get(key), words)]
        return found


def asked_of(kind: FactKind, terms: list[Term], words_of: Callable[[str], tuple[str, ...]]) -> Asked:
    """What these terms ask of one kind of fact; `words_of` gives the words of a list parameter."""
    by_term: list[tuple[str, tuple[str, ...], str, tuple[str, ...]]] = []
    for term in terms:
        if isinstance(term.evidence, str):
            key = next((name for name, sort in kind.payload.items() if sort == f"parts:{term.evidence}"), "")
            by_term.append((term.id, (), key, words_of(term.evidence)))
        else:
            by_term.append((term.id, term.evidence, "", ()))
    keys = tuple(dict.fromkeys(key for _term, asked, _entries, _words in by_term for key in asked))
    return Asked(keys, tuple((entries, words) for _term, _asked, entries, words in by_term if words), tuple(by_term))


def _words_lacking(entries: Any, words: tuple[str, ...]) -> list[str]:
    if isinstance(entries, dict):
        return [] if COMMITMENT in entries else [word for word in words if entries.get(word) in (None, "")]
    given = entries if isinstance(entries, list | tuple) else ()
    return [word for word in words if word not in given]
