"""Duties, clauses and facts for programs."""
