"""Forms of the spine: registering, changing, staffing and completing orders, and customers."""
