"""The description of the interface for programs in OpenAPI 3.1: what the operations say, and what holds for all."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from aftersign.kernel.access.tokens import SCOPES
from aftersign.kernel.shell.api.problem import KINDS, MEDIA_TYPE, URN

KEYED = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "A text of your own, new for each act. Sent again, the act is not done twice: its result is told.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]*$"},
}
CONDITION = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": 'The ETag of what you have read, such as "3". The answer is 409 when it has been changed since.',
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
ANSWERS = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    409: "stale",
    413: "too-large",
    422: "refused",
    429: "too-many",
}
"""The problems with which every operation may answer, by status."""

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_REASON = {
    "type": "object",
    "required": ["detail", "check", "clauses", "missing"],
    "properties": {"detail": _TEXT, "check": _TEXT, "clauses": _TEXTS, "missing": _TEXTS},
}
PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457). `check`, `clauses` and `missing` say why an act was refused.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "check", "clauses", "missing", "reasons", "request_id"],
    "properties": {
        "type": {"type": "string", "enum": [URN + name for name in KINDS]},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "check": {"type": "string", "description": "The name of the check that failed; empty for none."},
        "clauses": {**_TEXTS, "description": "The clauses of the policy that demand it."},
        "missing": {**_TEXTS, "description": "What is lacking or does not fit."},
        "reasons": {"type": "array", "items": _REASON},
        "request_id": _TEXT,
    },
}
_HEADERS = {401: "WWW-Authenticate", 429: "Retry-After"}
_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of `aftersign token create`, for all its person may do or for some scopes: "
    + ", ".join(f"`{scope}`" for scope in SCOPES)
    + ". An operation names the scope that it needs.",
}


def document(described: Mapping[str, Any]) -> dict[str, Any]:
    """What the operations say of themselves, with what holds for all: the token and the problems."""
    found = copy.deepcopy({**described})
    parts = found["components"]
    parts["schemas"]["Problem"] = PROBLEM
    parts["responses"] = {name: _answer(status, name) for status, name in ANSWERS.items()}
    parts["securitySchemes"] = {"token": _SCHEME}
    for methods in found["paths"].values():
        for operation in methods.values():
            operation["responses"] |= {status: _ref(name) for status, name in ANSWERS.items()}
    return found


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


def _answer(status: int, name: str) -> dict[str, Any]:
    """A problem as an answer, with an example."""
    title = str(KINDS[name].title)
    blank = {"check": "", "clauses": [], "missing": [], "reasons": [], "request_id": ""}
    example = {
        "type": URN + name,
        "title": title,
        "status": status,
        "detail": title,
        **blank,
        **_EXAMPLES.get(name, {}),
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    answer: dict[str, Any] = {"description": title, "content": content}
    if header := _HEADERS.get(status):
        answer["headers"] = {header: {"schema": _TEXT, "required": True}}
    return answer


_WHY = {"detail": "Write the contract number.", "check": "", "clauses": [], "missing": ["contract_no"]}
_EXAMPLES: dict[str, dict[str, Any]] = {
    "refused": {"detail": _WHY["detail"], "missing": ["contract_no"], "reasons": [_WHY]},
}
