"""The registry of the things that facts are about."""
