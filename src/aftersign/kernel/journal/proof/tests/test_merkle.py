"""The Merkle tree: roots of the published example, and the same roots however it was grown."""

from hashlib import sha256

import pytest

from aftersign.kernel.journal.proof.merkle import Tree

# The eight leaves with which implementations of RFC 6962 and RFC 9162 compare themselves, and the roots after each.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def defined(leaves: list[bytes]) -> bytes:
    """The root as the standard defines it."""
    if len(leaves) <= 1:
        return sha256(b"\0" + leaves[0]).digest() if leaves else sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + defined(leaves[:half]) + defined(leaves[half:])).digest()


def test_the_roots_are_those_that_were_published() -> None:
    tree = Tree()
    assert tree.root().hex() == ROOTS[0]
    for leaf, root in zip(LEAVES, ROOTS[1:], strict=True):
        tree.push(bytes.fromhex(leaf))
        assert tree.root().hex() == root


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 1000])
def test_a_tree_that_goes_on_has_the_root_of_the_definition(size: int) -> None:
    leaves = [sha256(bytes([number % 256, number // 256])).digest() for number in range(size)]
    tree = Tree()
    for leaf in leaves[: size // 3]:
        tree.push(leaf)
    later = Tree(tree.size, tree.nodes)
    for leaf in leaves[size // 3 :]:
        later.push(leaf)
    assert later.root() == defined(leaves)
    assert len(later.nodes) == size.bit_count()


def test_a_tree_of_too_few_subtrees_is_refused() -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Tree(3, [b"x" * 32])
