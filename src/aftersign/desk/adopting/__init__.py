"""Adopting running orders from a table in the browser: sent, looked at row by row, then taken in."""
