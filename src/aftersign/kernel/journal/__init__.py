"""The append-only, hash-chained record of facts."""
