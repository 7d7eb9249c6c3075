"""Proof that the journal is what was stated: a Merkle tree, signed checkpoints outside, and their verification."""
