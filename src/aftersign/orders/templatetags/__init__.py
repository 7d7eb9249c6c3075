"""Tags of the spine."""
