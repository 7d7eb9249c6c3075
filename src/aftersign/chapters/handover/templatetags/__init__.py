"""Tags of the handover's pages."""
