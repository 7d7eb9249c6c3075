"""Compliance with the clauses: the matrix, the list of the same selection, a cell's evidence, and the audit paper."""
