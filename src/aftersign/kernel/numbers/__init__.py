"""Document numbers without gaps, per kind of document and year."""
