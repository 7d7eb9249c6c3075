"""Tags of the pages of editions."""
