"""Tables of the handover as they grew."""
