"""The policy's table of contents: one room per chapter."""
