"""Who may do what: capabilities, predicates, and loading with authorisation in one gesture."""
