"""Pages across rooms: my work, duties and clauses."""
