"""A rulebook as people write it: its parts, how it is read from a folder, and what must hold in it."""
