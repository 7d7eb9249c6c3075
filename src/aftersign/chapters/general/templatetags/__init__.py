"""Tags of the general chapter."""
