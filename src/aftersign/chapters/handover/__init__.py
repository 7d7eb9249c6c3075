"""Chapter 2: a signed order is handed over with a form that both sides sign."""
