"""Roles: resolved in a known way, and every department that anything means has a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault, Param, Role

_RESOLVED = re.compile(
    r"order_team|post|(department|department_head):\w+|everyone:\w+|outside:\w+"
    r"|(head_of:|head_above:)?(owner|unit\.[a-z_|]+(:[\w=,]+)?)"
)
_DEPARTMENT = re.compile(r"(?:department|department_head):(\w+)")
_MATCHED_DEPARTMENT = re.compile(r"=(\w+)")
_UNIT_KEYS = re.compile(r"unit\.([\w|]+)")
_ASKED = ("waiver", "extension", "release", "withdrawal_late")


def is_told_only(draft: Draft, role: str) -> bool:
    """Whether a role means everyone or somebody outside, who never owns a duty nor approves."""
    known = draft.rulebook.roles.get(role)
    return known is not None and known.resolved.startswith(("everyone", "outside"))


def keys_of(draft: Draft, role: str) -> frozenset[str]:
    """The keys of a fact in which a role is found; none when it needs no fact."""
    known = draft.rulebook.roles.get(role)
    found = _UNIT_KEYS.search(known.resolved) if known else None
    return frozenset(found[1].split("|")) if found else frozenset()


def is_found_in(draft: Draft, role: str, fact: str) -> bool:
    """Whether a declared fact has a key, as payload or as id, in which the role is found."""
    kind = draft.rulebook.facts[fact]
    return bool(keys_of(draft, role) & (kind.carries | kind.payload.keys()))


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of roles, codes of departments and approvers."""
    codes = _code_list(draft)
    if codes is None:
        reason = "general.department_listed carries no code of a list parameter, so that no role finds its department"
        table = draft.shelf.get(("fact", "general.department_listed"))
        yield table.fault(reason, "payload", "code") if table else draft.tables["facts.toml"].fault(reason, "facts")
    for role in draft.rulebook.roles.values():
        yield from _role(draft, role, codes)
    for param in draft.rulebook.params.values():
        if codes is not None and param is not codes and isinstance(param.value, tuple):
            meant = [word.removesuffix("_department") for word in param.value if word.endswith("_department")]
            for reason in _unknown(draft, meant, codes):
                yield draft.fault(reason, "param", param.name, "value")
    yield from _approvers(draft)


def _code_list(draft: Draft) -> Param | None:
    """The list parameter whose words are the codes of departments."""
    listed = draft.rulebook.facts.get("general.department_listed")
    head, _, name = (listed.payload.get("code", "") if listed else "").partition(":$")
    param = draft.rulebook.params.get(name) if head == "words" else None
    return param if param and isinstance(param.value, tuple) and param.value else None


def _role(draft: Draft, role: Role, codes: Param | None) -> Iterator[Fault]:
    if role.resolved and not _RESOLVED.fullmatch(role.resolved):
        yield draft.fault(f"is resolved in an unknown way '{role.resolved}'", "role", role.name, "resolved")
    if (role.department is not None) != (role.resolved == "order_team"):
        reason = "a post of the order_team, and no other role, names the department of its post"
        yield draft.fault(reason, "role", role.name, "department" if role.department else "resolved")
    if codes is None:
        return
    for reason in _unknown(draft, [role.department] if role.department else [], codes):
        yield draft.fault(reason, "role", role.name, "department")
    direct = _DEPARTMENT.fullmatch(role.resolved)
    matched = _MATCHED_DEPARTMENT.findall(role.resolved)
    for reason in _unknown(draft, [direct[1]] if direct else matched, codes):
        yield draft.fault(reason, "role", role.name, "resolved")


def _unknown(draft: Draft, meant: Iterable[str], codes: Param) -> Iterator[str]:
    for code in meant:
        if isinstance(codes.value, tuple) and code not in codes.value:
            yield f"names department {code}, which is no code of {codes.name} ({draft.where_is('param', codes.name)})"


def _approvers(draft: Draft) -> Iterator[Fault]:
    listed = draft.rulebook.approvers
    for asked in sorted(set(_ASKED) - listed.keys()):
        yield draft.edition.fault(f"approvers: {asked} is missing", "approvers")
    for asked, roles in listed.items():
        if asked not in _ASKED:
            reason = f"approvers: {asked} is unknown; there are {', '.join(_ASKED)}"
            yield draft.edition.fault(reason, "approvers", asked)
        for index, role in enumerate(roles):
            if role not in draft.rulebook.roles:
                reason = f"approvers: {asked} names undeclared role {role}"
                yield draft.edition.fault(reason, "approvers", asked, index)
            elif is_told_only(draft, role):
                reason = f"approvers: {asked} names {role}, which is told only"
                yield draft.edition.fault(reason, "approvers", asked, index)
