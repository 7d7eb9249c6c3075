"""Checks a journal that `aftersign export journal FILE` wrote, without AfterSign: python check_journal.py FILE.

Proven: facts are numbered, hashed, chained, with their private values; checkpoints are signed with a company key, and
have the Merkle root (RFC 9162). Not proven: that the first key, printed at the end, is the company's. Python >= 3.8.
"""
import json
import sys
from functools import reduce
from hashlib import sha256, sha512

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # field and order of Ed25519, RFC 8032
D = -121665 * pow(121666, P - 2, P) % P

def add(p, q):
    a, b, c, d = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0]), 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(factor, p):
    found = (0, 1, 1, 0)
    while factor:
        found, p, factor = add(found, p) if factor & 1 else found, add(p, p), factor >> 1
    return found

def point(text):
    y = int.from_bytes(text, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    need(len(text) == 32 and y < P and x * x % P == square, "this is no point of the curve")
    x = x if x & 1 == text[31] >> 7 else P - x
    return x, y, 1, x * y % P

def is_signed(said, public):
    signature, key = bytes.fromhex(said["signature"]), bytes.fromhex(public)
    text = canonical({name: each for name, each in said.items() if name != "signature"})
    s, k = (int.from_bytes(each, "little") for each in (signature[32:], sha512(signature[:32] + key + text).digest()))
    left, right = times(s, point(b"\x58" + b"\x66" * 31)), add(point(signature[:32]), times(k % ORDER, point(key)))
    fits = s < ORDER and signature.hex() == said["signature"]
    return fits and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

def canonical(value):  # RFC 8785; there are no floats
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(each) for name, each in pairs) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    return json.dumps(value, ensure_ascii=False).encode()

def need(holds, otherwise):
    if not holds:
        raise ValueError(otherwise)

def check(lines):
    keys, first, newest, nodes, previous, number, done, stated = {}, None, {}, [], "0" * 64, 0, set(), set()
    for number, line in enumerate(lines, 1):
        said = json.loads(line)
        need(canonical(said) == line.rstrip("\n").encode(), f"line {number} is another")
        private, proof, texts = (said.pop(name, {}) for name in ("private", "proof", "texts"))
        own, payload, fact = said.pop("hash"), said["payload"], said["fact"]
        need((said["sequence"], said["previous_hash"]) == (number, previous), f"{number} is missing or misplaced")
        need(sha256(canonical(said)).hexdigest() == own, f"{number} was changed")
        parts = [part.encode() for name in sorted(texts) for part in (name, texts[name])]
        print_of = sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()
        need(print_of in said["files"] if fact == "policy.drafted" else not texts, f"texts at {number} were changed")
        kept = {k: v["$commitment"] for k, v in payload.items() if isinstance(v, dict) and "$commitment" in v}
        need(private.keys() == kept.keys(), f"a private value of {number} is missing or was added")
        for key, each in private.items():
            is_erased = each["value"] is None and each.get("erased_at") and not each["salt"]
            digest = sha256(f"{each['salt']}:{each['value']}".encode()).hexdigest()
            need(is_erased or digest == kept[key], f"the private value {key} of {number} was changed")
            done |= {(number, key)} if is_erased else set()
        node, size = sha256(b"\0" + bytes.fromhex(own)).digest(), number - 1
        while size & 1:
            node, size = sha256(b"\1" + nodes.pop() + node).digest(), size >> 1
        nodes.append(node)
        for each in proof.get("keys", []):
            keys[each["key"]], first = each["public"], first or each
            need(each["key"] == sha256(bytes.fromhex(each["public"])).hexdigest()[:16], "a key has a wrong name")
            need(not each["signature"] or is_signed(each, keys[each["previous"]]), "a key is not signed for")
            done |= {("key", each["key"])} if each is not first and not each["signature"] else set()
        need(number > 1 or is_signed(proof, keys[proof["newest"]["key"]]), "the proof on line 1 is not as signed")
        if fact == "journal.private_erased" or (fact == "journal.key_changed" and payload["lost"]):
            stated.add((payload.get("sequence", "key"), payload["key"]))
        for each in proof.get("checkpoints", []):
            root = reduce(lambda right, left: sha256(b"\1" + left + right).digest(), reversed(nodes))
            need(is_signed(each, keys[each["key"]]), f"the checkpoint at {number} is not signed by the company")
            need((each["size"], each["head"], each["root"]) == (number, own, root.hex()), f"{number} is not as signed")
        previous, newest, last = own, proof.get("newest", newest), proof.get("checkpoints", [])
    need(number and newest in last and newest["size"] == number, f"the end is cut off after {number}")
    need(done == stated, f"erased or lost without a fact, or the other way round: {done ^ stated}")
    return f"{number} facts are in order and signed; the first key is {first['public']}"

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        try:
            print(check(file))
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            sys.exit(f"NOT in order: {error}")
