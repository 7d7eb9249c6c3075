"""Is this installation fit for use: what is looked at, each thing with what to do about it."""
