"""AfterSign runs a company's post-signing order management policy: acts state facts, clauses turn facts into duties."""
